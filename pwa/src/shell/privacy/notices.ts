// A notice as it is written: what it must say, judged here as the server judges it (privacy/notice.py). Pure.
import type { PrivacyNoticeDoc } from '@/generated/commands';

export type Point = PrivacyNoticeDoc['points'][number];
export type PointKind = Point['kind'];
export interface NoticeBody extends PrivacyNoticeDoc {
  published_at: string;
  retired_at: string | null;
}

export const KINDS: readonly PointKind[] = [
  'who',
  'purpose',
  'method',
  'kinds',
  'retention',
  'rights',
  'effect',
  'contact',
  'other',
];
const DEMANDED = KINDS.slice(0, 6);

/** By name, the one in use and the newest first. */
export function byNewest(a: NoticeBody, b: NoticeBody): number {
  if (a.code !== b.code) return a.code < b.code ? -1 : 1;
  if (!a.retired_at !== !b.retired_at) return a.retired_at ? 1 : -1;
  return b.published_at.localeCompare(a.published_at);
}

/** A copy to be changed, without the name of its edition. */
export const draftOf = ({ code, title, points, purposes }: NoticeBody): PrivacyNoticeDoc => ({
  code,
  edition: '',
  title: { ...title },
  points: points.map(({ kind, text }) => ({ kind, text: { ...text } })),
  purposes: [...purposes],
});

/** Codes of what is wrong, in order; the server looks at sensitive purposes as well. */
export function faultsOf(doc: PrivacyNoticeDoc, taken: readonly string[]): string[] {
  const spoken = [doc.title, ...doc.points.map(({ text }) => text)];
  const kinds = new Set(doc.points.map(({ kind }) => kind));
  const found: [boolean, string][] = [
    [!doc.edition.trim() || taken.includes(doc.edition.trim()), 'edition_missing'],
    [spoken.some(({ zh, en }) => !zh.trim() || !en.trim()), 'words_missing'],
    [DEMANDED.some((kind) => !kinds.has(kind)), 'point_missing'],
    [doc.purposes.length === 0, 'no_purposes'],
  ];
  return found.flatMap(([wrong, code]) => (wrong ? [code] : []));
}

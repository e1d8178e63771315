// Lists of codes as choices, and who may be sent.
import { holdsAny } from '@/foundation/identity/rights';
import { named } from '@/parts/words.svelte';
import type { VisitBody } from './model';
import type { Colleague } from './stores';

export interface Option<K extends string = string> {
  key: K;
  text: string;
}
export const options = <K extends string = string>(words: Record<string, string>): Option<K>[] =>
  Object.entries(words).map(([key, text]) => ({ key: key as K, text }));

const VISITORS = ['outreach', 'outlet_head', 'outlet_staff', 'manager', 'line_lead'];
const FIRST = new Set(['outreach', 'outlet_staff', 'outlet_head']);

/** Whoever may be sent on this visit, those who go most often first. */
export function sendable(staff: readonly Colleague[], visit: VisitBody): Option[] {
  const rank = (one: Colleague) => (one.posts.some(({ role }) => FIRST.has(role)) ? 0 : 1);
  return staff
    .filter((one) => one.active && holdsAny(one.posts, VISITORS, visit))
    .sort((a, b) => rank(a) - rank(b) || (a.name < b.name ? -1 : 1))
    .map((one) => ({ key: one.id, text: `${one.name} ${named(one.posts[0]?.title)}`.trim() }));
}

// Places as the phone has them, and how they are filled in. Judged here as the server judges them. Pure.
import type { Mark, OutletDays } from '@/foundation/workdays';
import type { Commands } from '@/generated/commands';
import type { Named } from '@/parts/words.svelte';

export interface UnitBody {
  code: string;
  name: Named;
  level: 'branch' | 'sub_branch' | 'department';
  parent: string | null;
  closed_on?: string | null;
}
export interface OutletBody extends OutletDays {
  code: string;
  name: Named;
  unit: string;
  address: Named;
  closed_on?: string | null;
}
export interface LineBody {
  code: string;
  name: Named;
  closed_on?: string | null;
}

export interface OutletDraft {
  code: string;
  name: string;
  name_en: string;
  unit: string;
  kind: OutletDays['kind'];
  address: string;
  address_en: string;
  open_days: OutletDays['open_days'];
  week: number[];
  dates: { day: string; mark: Mark }[];
}
export type Fault = 'code' | 'name' | 'unit' | 'week';

export const WEEK = [1, 2, 3, 4, 5, 6, 7];

export const draftOf = (body?: OutletBody): OutletDraft => ({
  code: body?.code ?? '',
  name: body?.name.zh ?? '',
  name_en: body?.name.en ?? '',
  unit: body?.unit ?? '',
  kind: body?.kind ?? 'outlet',
  address: body?.address.zh ?? '',
  address_en: body?.address.en ?? '',
  open_days: body?.open_days ?? 'workdays',
  week: [...(body?.own_days?.week ?? [])],
  dates: Object.entries(body?.own_days?.days ?? {}).map(([day, mark]) => ({ day, mark })),
});

export function faultsOf(draft: OutletDraft): Fault[] {
  const found: [boolean, Fault][] = [
    [!draft.code.trim(), 'code'],
    [!draft.name.trim(), 'name'],
    [!draft.unit, 'unit'],
    [draft.open_days === 'week' && draft.week.length === 0, 'week'],
  ];
  return found.flatMap(([wrong, fault]) => (wrong ? [fault] : []));
}

/** A name in both tongues; where no English one is given, the Chinese stands for it. */
export const bothOf = (zh: string, en: string): Named => ({
  zh: zh.trim(),
  en: en.trim() || zh.trim(),
});

export function outletOf(draft: OutletDraft): Commands['organisation.add_outlet'] {
  return {
    code: draft.code.trim(),
    name: bothOf(draft.name, draft.name_en),
    unit: draft.unit,
    kind: draft.kind,
    address: { zh: draft.address.trim(), en: draft.address_en.trim() },
    open_days: draft.open_days,
    own_days: {
      week: draft.open_days === 'week' ? [...draft.week].sort() : [],
      days: Object.fromEntries(
        draft.dates.filter(({ day }) => day).map(({ day, mark }) => [day, mark]),
      ),
    },
  };
}

/** Units in the order of the tree, each with how deep it stands. A ring of parents ends. */
export function treeOf<U extends { id: string; body: UnitBody }>(
  units: readonly U[],
): { unit: U; deep: number }[] {
  const known = new Set(units.map(({ id }) => id));
  const below = (parent: string | null, deep: number): { unit: U; deep: number }[] =>
    deep > 12
      ? []
      : units
          .filter(({ body }) => (known.has(body.parent ?? '') ? body.parent : null) === parent)
          .sort((a, b) => (a.body.code < b.body.code ? -1 : 1))
          .flatMap((unit) => [{ unit, deep }, ...below(unit.id, deep + 1)]);
  return below(null, 0);
}

export interface MarkSpan {
  from: string;
  to: string;
  mark: Mark;
}

/** Marked days of a year, those that follow each other as one. */
export function markSpans(days: Record<string, Mark>, next: (day: string) => string): MarkSpan[] {
  const spans: MarkSpan[] = [];
  for (const [day, mark] of Object.entries(days).sort(([a], [b]) => (a < b ? -1 : 1))) {
    const before = spans.at(-1);
    if (before?.mark === mark && next(before.to) === day) before.to = day;
    else spans.push({ from: day, to: day, mark });
  }
  return spans;
}

const SPAN_MAX = 31;

/** The days from one to the other, both included; empty for a span that makes no sense. */
export function daysBetween(from: string, to: string, next: (day: string) => string): string[] {
  const days: string[] = [];
  for (let day = from; day && day <= to && days.length < SPAN_MAX; day = next(day)) days.push(day);
  return days.at(-1) === to ? days : [];
}

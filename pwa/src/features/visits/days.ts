// Days as the bank writes them (2026-11-24), a month of them as weeks, and the order of a day's way.
const DAY_MS = 86_400_000;
const noon = (day: string): number => Date.parse(`${day}T12:00:00Z`);

export const dayAfter = (day: string, n: number): string =>
  new Date(noon(day) + n * DAY_MS).toISOString().slice(0, 10);

export const firstOfMonth = (day: string): string => `${day.slice(0, 7)}-01`;

/** The first of the month so many months on. */
export function monthsOn(day: string, n: number): string {
  const months = Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1 + n;
  const month = String((months % 12) + 1).padStart(2, '0');
  return `${Math.floor(months / 12)}-${month}-01`;
}

/** Whole weeks from Monday that hold the month of this day. */
export function weeksOf(day: string): string[][] {
  const first = firstOfMonth(day);
  const last = dayAfter(monthsOn(first, 1), -1);
  const back = (new Date(noon(first)).getUTCDay() + 6) % 7;
  const weeks: string[][] = [];
  for (let at = dayAfter(first, -back); at <= last; at = dayAfter(at, 7))
    weeks.push([0, 1, 2, 3, 4, 5, 6].map((n) => dayAfter(at, n)));
  return weeks;
}

/** The list with one of its members a place up (-1) or down (1); the same where it cannot move. */
export function moved<T>(list: readonly T[], one: T, by: -1 | 1): T[] {
  const at = list.indexOf(one);
  const to = at + by;
  if (at < 0 || to < 0 || to >= list.length) return [...list];
  const next = [...list];
  [next[at], next[to]] = [next[to] as T, next[at] as T];
  return next;
}

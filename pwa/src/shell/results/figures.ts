// Figures as the server keeps them, and as charts need them. Pure.
export interface Completion {
  outlet: string;
  /** its Monday */
  week: string;
  due: number;
  handed: number;
  late: number;
}
export interface Score {
  week: string;
  rounds: number;
  points: number;
  max: number;
}
export interface RoundFigures {
  since: string;
  until: string;
  completion: Completion[];
  scores: Score[];
}
export interface CaseFigures {
  since: string;
  standing: { line: string; open: number; overdue: number }[];
  failed: { item: string; no: string; text: { zh: string; en: string }; count: number }[];
}
export interface Bar {
  name: string;
  n: number;
  href: string;
  /** of these, late; null: nothing here can be */
  late: { n: number; word: string; href: string } | null;
}

const DAY_MS = 86_400_000;

/** Of a hundred, to one decimal. */
export const share = ({ points, max }: Score): number =>
  max ? Math.round((points / max) * 1000) / 10 : 0;

/** Noon of a day, so that it is that day in every zone near the bank's. */
export const weekOf = (day: string): number => Date.parse(`${day}T04:00:00Z`);

/** Every Monday from one to another, both included. */
export function weeksBetween(since: string, until: string): string[] {
  const found: string[] = [];
  for (let at = weekOf(since); at <= weekOf(until); at += 7 * DAY_MS)
    found.push(new Date(at).toISOString().slice(0, 10));
  return found;
}

/** The cells by outlet and week; outlets with the most still to do come first, then by name. */
export function byOutlet(
  cells: Completion[],
  named: (outlet: string) => string,
): { outlet: string; weeks: Map<string, Completion> }[] {
  const found = new Map<string, Map<string, Completion>>();
  for (const cell of cells) {
    const weeks = found.get(cell.outlet) ?? new Map<string, Completion>();
    weeks.set(cell.week, cell);
    found.set(cell.outlet, weeks);
  }
  const lacking = (weeks: Map<string, Completion>) =>
    [...weeks.values()].reduce((sum, one) => sum + one.due - one.handed, 0);
  return [...found]
    .map(([outlet, weeks]) => ({ outlet, weeks }))
    .sort(
      (a, b) =>
        lacking(b.weeks) - lacking(a.weeks) ||
        named(a.outlet).localeCompare(named(b.outlet)) ||
        a.outlet.localeCompare(b.outlet),
    );
}

// The due day a case will probably get. The server decides; this is told before it is asked.
import type { Severity } from '@/foundation/checklists';
import type { Body } from '@/foundation/store/tables';

/** As the server's, in working days. */
export const DUE_WORKDAYS: Record<Severity, number> = {
  danger: 1,
  serious: 3,
  major: 5,
  minor: 10,
};

const DAY = 86_400_000;
const LOOK_MAX_DAYS = 60;

export interface Due {
  day: Date;
  /** days off on the way that are not a Saturday or Sunday of an ordinary week */
  holidays: number;
}

export function dueAfter(workdays: number, from: number, calendar: readonly Body[]): Due {
  const marked = new Map<string, string>();
  for (const year of calendar)
    for (const [day, kind] of Object.entries((year.days ?? {}) as Record<string, string>))
      marked.set(day, kind);
  let [left, at, holidays] = [workdays, from, 0];
  for (let looked = 0; left > 0 && looked < LOOK_MAX_DAYS; looked++) {
    at += DAY;
    const local = new Date(at + 8 * 3_600_000);
    const weekend = local.getUTCDay() === 0 || local.getUTCDay() === 6;
    const kind = marked.get(local.toISOString().slice(0, 10));
    if (kind === 'rest' && !weekend) holidays += 1;
    if (kind === 'work' || (!weekend && kind !== 'rest')) left -= 1;
  }
  return { day: new Date(at), holidays };
}

// Working days as the server counts them (backend/foundation/organisation/calendar.py), by the same cases. Pure.
// The server decides; this tells a due day before it is asked, and why. A year whose official list is not in is
// counted by its weekdays, and every day that rests on that says so.

export type Mark = 'work' | 'rest';
export type Why = 'start' | 'workday' | 'make_up' | 'weekend' | 'holiday' | 'open' | 'closed';

export interface CalendarBody {
  year: number;
  published: boolean;
  days: Record<string, Mark>;
}
export interface OwnDays {
  /** Monday is 1 */
  week?: number[];
  days?: Record<string, Mark>;
}
export interface OutletDays {
  kind: 'outlet' | 'self_service';
  open_days: 'workdays' | 'all' | 'week';
  own_days?: OwnDays | null;
}
export interface Step {
  day: string;
  /** the how manieth working day it is; 0 for one that does not count */
  nth: number;
  why: Why;
  /** false where an official list that is not in could say otherwise */
  published: boolean;
}
interface Day {
  works: boolean;
  why: Why;
  published: boolean;
}

export const WORKDAYS_MAX = 366;
const WALK_DAYS_MAX = WORKDAYS_MAX * 8;
const DAY_MS = 86_400_000;

/** One local date, 2026-10-10, for the bank or for one outlet. */
export function dayAt(
  calendar: readonly CalendarBody[],
  day: string,
  outlet?: OutletDays | null,
): Day {
  const known = calendar.find(({ year }) => year === Number(day.slice(0, 4)));
  const mark = known?.days[day];
  const weekday = weekdayOf(day);
  const works = mark ? mark === 'work' : weekday <= 5;
  const why = works
    ? weekday > 5
      ? 'make_up'
      : 'workday'
    : mark === 'rest'
      ? 'holiday'
      : 'weekend';
  const bank: Day = { works, why, published: known?.published ?? false };
  return outlet ? keptBy(outlet, bank, { day, weekday, mark }) : bank;
}

/** Monday is 1. */
export const weekdayOf = (day: string): number => new Date(`${day}T00:00:00Z`).getUTCDay() || 7;

export const dayAfter = (day: string, days = 1): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);

function keptBy(
  { open_days, own_days }: OutletDays,
  bank: Day,
  { day, weekday, mark }: { day: string; weekday: number; mark: Mark | undefined },
): Day {
  const dated = own_days?.days?.[day];
  let [opens, certain] = [bank.works, true];
  if (dated) opens = dated === 'work';
  else if (open_days === 'all') opens = true;
  else if (open_days === 'week' && own_days && !mark)
    [opens, certain] = [own_days.week?.includes(weekday) ?? false, bank.published];
  else return bank;
  if (opens === bank.works) return { ...bank, published: certain };
  return { works: opens, why: opens ? 'open' : 'closed', published: certain };
}

/** Every day from the start to the `count`-th working day after it; the last one is that day. */
export function addWorkdays(
  calendar: readonly CalendarBody[],
  start: string,
  count: number,
  outlet?: OutletDays | null,
): Step[] {
  if (count < 0 || count > WORKDAYS_MAX) throw new RangeError(`${count} workdays`);
  // At a self-service point nobody is: there the bank's own days count.
  const at = outlet?.kind === 'outlet' ? outlet : null;
  const first = dayAt(calendar, start, at);
  const steps: Step[] = [{ day: start, nth: 0, why: 'start', published: first.published }];
  if (count === 0 && first.works) return steps;
  let nth = 0;
  for (let walked = 1; walked <= WALK_DAYS_MAX; walked++) {
    const day = dayAfter(start, walked);
    const { works, why, published } = dayAt(calendar, day, at);
    if (works) nth += 1;
    steps.push({ day, nth: works ? nth : 0, why, published });
    if (nth === Math.max(count, 1)) return steps;
  }
  throw new RangeError('the calendar has no working days left');
}

export interface Span {
  why: Why;
  from: string;
  to: string;
  /** numbers of its first and last working day, 0 where none counts */
  first: number;
  last: number;
}

/** Steps as people tell them: days that follow each other for one reason are one line. */
export function spansOf(steps: readonly Step[]): Span[] {
  const spans: Span[] = [];
  for (const { day, nth, why } of steps) {
    const before = spans.at(-1);
    if (before?.why === why) Object.assign(before, { to: day, last: nth });
    else spans.push({ why, from: day, to: day, first: nth, last: nth });
  }
  return spans;
}

/** Years whose official list this answer would have needed. */
export const yearsLacking = (steps: readonly Step[]): number[] => [
  ...new Set(steps.filter((step) => !step.published).map(({ day }) => Number(day.slice(0, 4)))),
];

/** Whether something is still to be chosen from: closed places stay in what was, and leave what begins. */
export const isOpen = (body: { closed_on?: string | null }, today: string): boolean =>
  !body.closed_on || body.closed_on > today;

// How outlets are dealt out to inspectors and days, as a proposal that is looked at before it is recorded. Pure.
//
// Everybody gets an equal share, and the outlets of one unit go to one person as far as shares allow. Where few
// may go is dealt first: later their shares would be used up by outlets that others could have taken.
import { type CalendarBody, dayAfter, dayAt, type OutletDays } from '@/foundation/workdays';
import type { Place } from './reach';

export interface Dealt {
  outlet: string;
  /** null: nobody of those chosen may go there */
  assignee: string | null;
  /** everybody of those chosen who may */
  able: string[];
}
/** Each round at any moment of the time, or on a day of its own. */
export type Days = 'any' | 'own';
export interface Proposed extends Dealt {
  from: string;
  until: string;
}
export interface Time {
  each: Days;
  from: string;
  until: string;
  /** days of the time on which the outlet opens */
  daysOf: (outlet: string) => string[];
}

const WINDOW_DAYS_MAX = 366;

/** What would be planned: who goes where, and when. */
export function propose(dealt: readonly Dealt[], { each, from, until, daysOf }: Time): Proposed[] {
  const own = each === 'own' ? spread(dealt, daysOf, until) : null;
  return dealt.map((row) => {
    const day = own?.get(row.outlet);
    return { ...row, from: day ?? from, until: day ?? until };
  });
}

export function deal(
  places: readonly Place[],
  people: readonly string[],
  fits: (person: string, place: Place) => boolean,
): Dealt[] {
  const shares = sharesOf(places.length, people);
  const last = new Map<string, string>();
  const wanted = places
    .map((place) => ({ place, able: people.filter((person) => fits(person, place)) }))
    .sort((a, b) => a.able.length - b.able.length || byUnit(a.place, b.place));
  const dealt = wanted.map(({ place, able }) => {
    const assignee = next(able, shares, last.get(place.unit));
    if (assignee !== null) {
      shares.set(assignee, (shares.get(assignee) ?? 0) - 1);
      last.set(place.unit, assignee);
    }
    return { place, assignee, able };
  });
  return dealt
    .sort((a, b) => byUnit(a.place, b.place))
    .map(({ place, ...rest }) => ({ outlet: place.id, ...rest }));
}

function sharesOf(count: number, people: readonly string[]): Map<string, number> {
  const [least, more] = [Math.floor(count / people.length), count % people.length];
  return new Map(people.map((person, at) => [person, least + (at < more ? 1 : 0)]));
}

function next(able: string[], shares: Map<string, number>, near?: string): string | null {
  const room = (person: string) => shares.get(person) ?? 0;
  if (near && able.includes(near) && room(near) > 0) return near;
  return able.reduce<string | null>(
    (best, one) => (best === null || room(one) > room(best) ? one : best),
    null,
  );
}

const byUnit = (a: Place, b: Place): number =>
  a.unit === b.unit ? order(a.code, b.code) : order(a.unit, b.unit);
const order = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Days from the first to the last on which somebody is at the outlet. */
export function openDays(
  calendar: readonly CalendarBody[],
  from: string,
  until: string,
  outlet: OutletDays,
): string[] {
  // At a self-service point nobody is: there the bank's own days count.
  const at = outlet.kind === 'outlet' ? outlet : null;
  const days: string[] = [];
  for (let day = from, walked = 0; day <= until && walked < WINDOW_DAYS_MAX; walked++) {
    if (dayAt(calendar, day, at).works) days.push(day);
    day = dayAfter(day);
  }
  return days;
}

/** A day for each outlet, everybody's own spread evenly; the last of all where the outlet never opens. */
export function spread(
  rows: readonly { outlet: string; assignee: string | null }[],
  daysOf: (outlet: string) => string[],
  last: string,
): Map<string, string> {
  const counts = new Map<string | null, number>();
  for (const { assignee } of rows) counts.set(assignee, (counts.get(assignee) ?? 0) + 1);
  const seen = new Map<string | null, number>();
  return new Map(
    rows.map(({ outlet, assignee }) => {
      const at = seen.get(assignee) ?? 0;
      seen.set(assignee, at + 1);
      const days = daysOf(outlet);
      return [outlet, days[Math.floor((at * days.length) / (counts.get(assignee) ?? 1))] ?? last];
    }),
  );
}

interface Planned {
  template: string;
  outlet: string;
  state: string;
  opens_at: string | null;
  due_at: string | null;
  opened_at: string | null;
}

/** Outlets with a round of one of these checklists in that time. One that was called off is none. */
export function plannedIn(
  rounds: readonly Planned[],
  templates: ReadonlySet<string>,
  from: string,
  until: string,
  dayOf: (at: string) => string,
): Set<string> {
  const meets = ({ opens_at, due_at, opened_at }: Planned) => {
    const first = opens_at ?? opened_at;
    const end = due_at ?? opened_at;
    return first !== null && end !== null && dayOf(first) <= until && dayOf(end) >= from;
  };
  const met = rounds.filter(
    (round) => round.state !== 'cancelled' && templates.has(round.template) && meets(round),
  );
  return new Set(met.map(({ outlet }) => outlet));
}

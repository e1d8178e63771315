// A person's events of today, for the one list of Today: those they are to work at.
import type { Listed, Stop, Stops } from '@/parts/contribution';
import { dayKey } from '@/parts/words.svelte';
import { byStart, isForToday } from './listing';
import type { EventRec } from './model';
import { say } from './say';

const asEvents = (rows: readonly Listed[]): EventRec[] => rows as unknown as EventRec[];
const begins = ({ body }: EventRec): number => Date.parse(`${body.day}T${body.starts}:00+08:00`);
const standing = ({ body }: EventRec): Stop['standing'] =>
  body.state === 'open' ? 'under_way' : 'waits';

/** Closed today it stays in the list, as done. */
const isDoneToday = ({ body }: EventRec, me: string, today: string): boolean =>
  body.state === 'closed' && body.day === today && body.staff.includes(me);

export const stops: Stops = {
  kind: 'event',
  roles: ['outreach'],
  of: (rows, me, now) => {
    const done = (event: EventRec) => isDoneToday(event, me.id, dayKey(now));
    return asEvents(rows)
      .filter((event) => isForToday(event, me.id, now) || done(event))
      .sort(byStart)
      .map((event) => ({
        id: event.id,
        at: begins(event),
        standing: done(event) ? 'done' : standing(event),
      }));
  },
  next: (rows, me, now) => {
    const later = asEvents(rows)
      .filter(({ body }) => body.state === 'approved' && body.staff.includes(me.id))
      .filter(({ body }) => body.day > dayKey(now))
      .sort(byStart)[0];
    return later ? { at: begins(later), title: later.body.theme } : null;
  },
  row: () => import('./screens/EventStop.svelte'),
  links: [{ href: '/events', word: () => say().all }],
};

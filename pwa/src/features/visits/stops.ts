// A person's visits of today, for the one list of Today: in the order in which they chose to go.
import type { Listed, Stop, Stops } from '@/parts/contribution';
import { dayKey } from '@/parts/words.svelte';
import { isOnWay } from './groups';
import { byTime, inOrder, isMine, type RouteBody, type VisitBody } from './model';
import { say } from './say';

type Row = { id: string; body: VisitBody };
const asVisits = (rows: readonly Listed[]): Row[] => rows as unknown as Row[];
const begins = ({ day, begins: hour }: VisitBody): number => Date.parse(`${day}T${hour}:00+08:00`);

function standing({ state }: VisitBody): Stop['standing'] {
  if (state === 'under_way' || state === 'returned') return 'under_way';
  return state === 'scheduled' ? 'waits' : 'done';
}

/** Handed in today it stays in the list, as done. */
const isDoneToday = ({ body }: Row, me: string, today: string): boolean =>
  isMine(body, me) &&
  body.day === today &&
  (body.state === 'submitted' || body.state === 'accepted');

export const stops: Stops = {
  kind: 'visit',
  ways: 'visit_route',
  roles: ['outreach'],
  of: (rows, me, now, ways = []) => {
    const today = dayKey(now);
    const mine = asVisits(rows).filter(
      (row) => isOnWay(row, me.id, today) || isDoneToday(row, me.id, today),
    );
    const routes = ways as unknown as { body: RouteBody }[];
    const route = routes.find(({ body }) => body.day === today && body.person === me.id);
    return inOrder(mine, route?.body.order ?? []).map(({ id, body }) => ({
      id,
      at: begins(body),
      standing: standing(body),
    }));
  },
  next: (rows, me, now, nameOf) => {
    const later = asVisits(rows)
      .filter(({ body }) => isMine(body, me.id) && body.state === 'scheduled')
      .filter(({ body }) => body.day > dayKey(now))
      .sort((a, b) => byTime(a.body, b.body))[0];
    return later ? { at: begins(later.body), title: nameOf('outlet', later.body.outlet) } : null;
  },
  row: () => import('./screens/VisitStop.svelte'),
  links: [{ href: '/visits', word: () => say().all }],
};

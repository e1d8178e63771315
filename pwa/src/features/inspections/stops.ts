// A person's rounds of today, for the one list of Today.
import type { Listed, Stop, Stops } from '@/parts/contribution';
import { dayKey } from '@/parts/words.svelte';
import { byUrgency, isForToday, type RoundRec } from './roundRow';
import { say } from './say';

const STANDING: Record<string, Stop['standing']> = { open: 'under_way', submitted: 'done' };

const asRounds = (rows: readonly Listed[]) => rows as unknown as readonly RoundRec[];
const millis = (at: string | null): number | null => (at === null ? null : Date.parse(at));

export const stops: Stops = {
  kind: 'round',
  roles: ['inspector', 'security', 'outlet_head', 'outlet_staff'],
  of: (rows, me, now) =>
    asRounds(rows)
      .filter((round) => isForToday(round, me.id, now))
      .sort(byUrgency)
      .map(({ id, body }) => ({
        id,
        at: millis(body.state === 'submitted' ? body.submitted_at : body.due_at),
        standing: STANDING[body.state] ?? 'waits',
      })),
  next: (rows, me, now, nameOf) => {
    const later = asRounds(rows)
      .filter(({ body }) => body.assignee === me.id && body.state === 'assigned')
      .flatMap(({ body }) =>
        body.opens_at && dayKey(body.opens_at) > dayKey(now)
          ? [{ at: Date.parse(body.opens_at), title: nameOf('outlet', body.outlet) }]
          : [],
      );
    return later.sort((a, b) => a.at - b.at)[0] ?? null;
  },
  row: () => import('./screens/RoundStop.svelte'),
  links: [
    { href: '/rounds', word: () => say().all },
    { href: '/rounds/new', word: () => say().start },
  ],
};

// Which buttons a person is offered for an event. A guess from the generated machine and what is known here; the
// server decides again.
import { type Held, holdsAny, lets, standsInFor } from '@/foundation/identity/rights';
import { MACHINES } from '@/generated/machines';
import type { EventBody } from './model';

export interface Reader {
  id: string;
  posts: readonly Held[];
}
export type Act =
  | 'revise'
  | 'propose'
  | 'approve'
  | 'return'
  | 'cancel'
  | 'open'
  | 'close'
  | 'reopen'
  | 'conclude'
  | 'accept_result'
  | 'assign_staff'
  | 'invite'
  | 'restock';

const rolesOf = (name: string): string[] =>
  MACHINES.event?.moves.find((move) => move.name === name)?.roles ?? [];
const BEFORE = new Set(['draft', 'proposed', 'approved']);

/** Whether this person's posts let them plan an event somewhere. */
export const plans = (me: Reader): boolean =>
  me.posts.some((post) => rolesOf('propose').includes(post.role));

/** Their phone holds the roster and the check-ins: the staff, and whoever planned it. */
export const worksAt = (body: EventBody, me: Reader): boolean =>
  body.staff.includes(me.id) || body.planned_by === me.id;

/** Whom one would stand in for with this event; null where it is one's own to do, or nobody's here. */
export const whomFor = (body: EventBody, me: Reader): string | null =>
  worksAt(body, me) ? null : standsInFor(me.posts, rolesOf('approve'), body);

export function actsOf(body: EventBody, me: Reader): Set<Act> {
  const acts = new Set<Act>();
  const moves = (name: string) => lets('event', name, body.state, me.posts, body);
  const planned = body.planned_by === me.id;
  const works = worksAt(body, me);
  const absent = whomFor(body, me);
  const theirs = absent !== null && body.planned_by === absent;
  const decides = holdsAny(me.posts, rolesOf('approve'), body);
  const offer = (act: Act, when: boolean) => {
    if (when) acts.add(act);
  };
  offer('revise', planned && body.state === 'draft');
  offer('propose', planned && moves('propose'));
  offer('approve', !planned && !theirs && moves('approve'));
  const judged = body.state === 'closed' ? body.result?.by : body.planned_by;
  const handedIn = body.state !== 'closed' || body.result?.state === 'handed_in';
  offer('return', handedIn && judged !== me.id && judged !== (absent ?? me.id) && moves('return'));
  offer('cancel', moves('cancel') && (planned || decides));
  offer('open', works && moves('open'));
  offer('close', works && moves('close'));
  offer('reopen', moves('reopen') && (planned || decides));
  offer('conclude', works && body.state === 'closed');
  offer(
    'accept_result',
    handedIn &&
      body.result !== null &&
      judged !== me.id &&
      judged !== (absent ?? me.id) &&
      moves('accept_result'),
  );
  offer('assign_staff', (planned || decides) && (BEFORE.has(body.state) || body.state === 'open'));
  offer('invite', works && (BEFORE.has(body.state) || body.state === 'open'));
  offer('restock', works && body.state === 'open');
  return acts;
}

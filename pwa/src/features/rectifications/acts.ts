// Which buttons a person is offered for a case. A guess from the generated machine and what is
// known here; the server decides again.
import { type Held, holdsAny, lets, standsInFor } from '@/foundation/identity/rights';
import type { Case } from './model';

export interface Reader {
  id: string;
  roles: ReadonlySet<string>;
  posts: readonly Held[];
}
export type Act =
  | 'assign'
  | 'accept'
  | 'decline'
  | 'report'
  | 'request_extension'
  | 'extend'
  | 'refuse_extension'
  | 'approve'
  | 'return'
  | 'reopen'
  | 'cancel'
  | 'hand_over'
  | 'take_over'
  | 'decline_over';

const moves = (act: string, one: Case, me: Reader): boolean =>
  lets('rectification', act, one.state, me.posts, one);

/** Whoever decides on cases like this one, were it not their own. */
export const decides = (one: Case, me: Reader): boolean => holdsAny(me.posts, DECIDERS, one);

/** Whom one would stand in for with this case; null where it is one's own to do, or nobody's here. */
export const forWhom = (one: Case, me: Reader): string | null =>
  one.owner === me.id ? null : standsInFor(me.posts, [...COORDINATORS, 'outlet_head'], one);

const OUTLET_ROLES = ['outlet_head', 'outlet_staff'];
const DECIDERS = ['manager', 'line_lead'];
const COORDINATORS = [...DECIDERS, 'secretariat'];
const LIVING = new Set(['open', 'assigned', 'accepted', 'returned']);

export function actsOf(one: Case, me: Reader): Set<Act> {
  const acts = new Set<Act>();
  const any = (roles: string[]) => holdsAny(me.posts, roles, one);
  const owner = one.owner === me.id;
  const offer = (act: Act, when: boolean) => {
    if (when) acts.add(act);
  };
  offer('assign', moves('assign', one, me));
  offer('accept', moves('accept', one, me) && (owner || (one.owner === null && any(OUTLET_ROLES))));
  offer('decline', moves('decline', one, me) && owner);
  offer('report', moves('report', one, me) && owner);
  const living = LIVING.has(one.state);
  offer('request_extension', living && owner && one.extension?.answer !== 'asked');
  offer('extend', living && any(COORDINATORS));
  offer('refuse_extension', living && any(COORDINATORS) && one.extension?.answer === 'asked');
  // Neither one's own fix nor, in their name, that of whom one stands in for.
  const ours =
    one.fixed_by === me.id || (one.fixed_by !== null && one.fixed_by === forWhom(one, me));
  offer('approve', moves('approve', one, me) && !ours);
  offer('return', moves('return', one, me) && !ours);
  offer('reopen', moves('reopen', one, me));
  offer('cancel', moves('cancel', one, me));
  offer('hand_over', living && !one.handover && (owner || any(COORDINATORS)));
  const asked = one.handover !== null && offeredTo(one, me);
  offer('take_over', asked);
  offer('decline_over', asked);
  return acts;
}

function offeredTo(one: Case, me: Reader): boolean {
  const { handover } = one;
  if (!handover) return false;
  if (handover.to_person) return handover.to_person === me.id;
  return me.posts.some((post) => post.unit === handover.to_unit);
}

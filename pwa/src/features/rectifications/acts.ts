// Which buttons a person is offered for a case. A guess from the generated machine and what is
// known here; the server decides again.
import { type Held, holdsAny, lets } from '@/foundation/identity/rights';
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
  offer('approve', moves('approve', one, me) && one.fixed_by !== me.id);
  offer('return', moves('return', one, me) && one.fixed_by !== me.id);
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

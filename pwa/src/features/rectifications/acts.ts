// Which buttons a person is offered for a case. A guess from the generated machine and what is
// known here; the server decides again.
import { MACHINES } from '@/generated/machines';
import type { Case } from './model';

export interface Reader {
  id: string;
  roles: ReadonlySet<string>;
  /** outlets and units of the posts held; null in `everywhere` means all */
  posts: readonly {
    role: string;
    outlet: string | null;
    unit: string | null;
    line: string | null;
  }[];
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

const machine = MACHINES.rectification;

function moves(act: string, one: Case, me: Reader): boolean {
  const move = machine?.moves.find((known) => known.name === act);
  if (!move?.sources.includes(one.state)) return false;
  return move.roles.length === 0 || move.roles.some((role) => holds(me, role, one));
}

/** A post covers a case when it names its outlet and line, or leaves them open. */
const holds = (me: Reader, role: string, one: Case): boolean =>
  me.posts.some(
    (post) =>
      post.role === role &&
      (post.outlet === null || post.outlet === one.outlet) &&
      (post.line === null || post.line === one.line),
  );

/** Whoever decides on cases like this one, were it not their own. */
export const decides = (one: Case, me: Reader): boolean =>
  DECIDERS.some((role) => holds(me, role, one));

const OUTLET_ROLES = ['outlet_head', 'outlet_staff'];
const DECIDERS = ['manager', 'line_lead'];
const COORDINATORS = [...DECIDERS, 'secretariat'];
const LIVING = new Set(['open', 'assigned', 'accepted', 'returned']);

export function actsOf(one: Case, me: Reader): Set<Act> {
  const acts = new Set<Act>();
  const any = (roles: string[]) => roles.some((role) => holds(me, role, one));
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

// Which moves a person is offered. A guess from the generated machine and the posts known here; the
// server decides again.
import { holdsAny, lets, standsInFor } from '@/foundation/identity/rights';
import { type AuthorisationBody, isInHand, isMine, isUsable, type VisitBody } from './model';
import type { Reader } from './stores';

export type Act =
  | 'fill'
  | 'schedule'
  | 'postpone'
  | 'decline'
  | 'cancel'
  | 'submit'
  | 'accept'
  | 'return'
  | 'withdraw';

/** Visits belong to the outlets' community work, whatever business they are for. */
export const LINE = 'community';
const SUPERVISORS = ['manager', 'line_lead'];
const WITHDRAWING = ['manager', 'line_lead', 'outlet_head', 'outreach'];
export const REQUESTING = [
  'outreach',
  'outlet_head',
  'outlet_staff',
  'manager',
  'line_lead',
  'secretariat',
];

export const mayRequest = (me: Reader): boolean =>
  me.posts.some(({ role }) => REQUESTING.includes(role));

/** Whoever decides on visits like this one, were it not their own. */
export const reviews = (visit: VisitBody, me: Reader): boolean =>
  lets('visit', 'accept', 'submitted', me.posts, visit);

/** Whom one would stand in for with this visit; null where it is one's own to do, or nobody's here. */
export const whomFor = (visit: VisitBody, me: Reader): string | null =>
  isMine(visit, me.id)
    ? null
    : standsInFor(me.posts, [...SUPERVISORS, 'outlet_head', 'secretariat'], visit);

export function actsOf(visit: VisitBody, doubt: boolean, me: Reader): Set<Act> {
  const acts = new Set<Act>();
  const moves = (act: string) => lets('visit', act, visit.state, me.posts, visit);
  const mine = isMine(visit, me.id);
  const absent = whomFor(visit, me);
  const theirs = absent !== null && isMine(visit, absent);
  const offer = (act: Act, when: boolean) => {
    if (when) acts.add(act);
  };
  offer('fill', mine && isInHand(visit.state));
  offer('schedule', moves('schedule'));
  offer('postpone', moves('postpone') && (mine || moves('schedule')));
  offer('decline', moves('decline') && (mine || moves('schedule')));
  offer('cancel', moves('cancel'));
  offer('submit', mine && moves('submit'));
  const supervised = !doubt || holdsAny(me.posts, SUPERVISORS, visit);
  offer('accept', moves('accept') && !mine && !theirs && supervised);
  offer('return', moves('return') && !mine && !theirs);
  offer('withdraw', holdsAny(me.posts, WITHDRAWING, visit));
  return acts;
}

/** Submitted, and this person may decide: the inbox. */
export function waitsForMe(visit: VisitBody, me: Reader): boolean {
  return visit.state === 'submitted' && actsOf(visit, false, me).has('return');
}

export type AuthorityAct = 'use' | 'revoke';

export function actsOn(one: AuthorisationBody, me: Reader, today: string): Set<AuthorityAct> {
  const acts = new Set<AuthorityAct>();
  if (isUsable(one, today) && lets('authorisation', 'use', one.state, me.posts, one))
    acts.add('use');
  if (lets('authorisation', 'revoke', one.state, me.posts, one)) acts.add('revoke');
  return acts;
}

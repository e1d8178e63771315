// How an authorisation stands today. That it has expired is a matter of the calendar and never stored.
import { phone } from '@/foundation/phone';
import { dayKey } from '@/parts/words.svelte';
import { type AuthorisationBody, isExpired } from './model';

export type AuthorityState = 'issued' | 'used' | 'revoked' | 'expired';

export const stateOf = (
  one: AuthorisationBody,
  today: string = dayKey(phone().now()),
): AuthorityState => (one.state === 'issued' && isExpired(one, today) ? 'expired' : one.state);

const RANK: Record<AuthorityState, number> = { issued: 0, used: 1, expired: 2, revoked: 3 };

/** What can be used first, then the newest. */
export function byUse(a: AuthorisationBody, b: AuthorisationBody): number {
  return RANK[stateOf(a)] - RANK[stateOf(b)] || (a.issued_at < b.issued_at ? 1 : -1);
}

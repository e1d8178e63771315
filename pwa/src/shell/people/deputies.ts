// Who decides for whom, as it lies on this device, and the two orders about it.
import { type DeputyBody, type DeputyState, stateOf } from '@/foundation/identity/deputies';
import type { Live } from '@/foundation/live';
import { live } from '@/foundation/live';
import { about } from '@/foundation/outbox/about';
import { put } from '@/foundation/outbox/put';
import { phone } from '@/foundation/phone';
import { readKind } from '@/foundation/reading';
import { dayKey } from '@/parts/words.svelte';
import type { DeputyDraft } from './deputy';

const deputy = about('identity', 'deputy');

export interface KnownDeputy {
  id: string;
  body: DeputyBody;
  state: DeputyState;
  /** orders about it that have not left this device */
  pending: number;
}

const ORDER: Record<DeputyState, number> = { lasting: 0, coming: 1, over: 2 };
const SHOWN_OVER = 5;

/** Those that this person is part of; what counts now first, of what is over only the latest. */
export const deputies = (person: string): Live<KnownDeputy[]> =>
  live({ tables: ['rec', 'local'], kinds: ['deputy'] }, async (on) => {
    const rows = (await readKind<DeputyBody>(on, 'deputy'))
      .filter(({ body }) => body.person === person || body.deputy === person)
      .map(({ id, body, pending }) => ({
        id,
        body,
        pending,
        state: stateOf(body, dayKey(on.now())),
      }))
      .sort(
        (a, b) =>
          ORDER[a.state] - ORDER[b.state] || b.body.first_day.localeCompare(a.body.first_day),
      );
    const now = rows.filter(({ state }) => state !== 'over');
    return [...now, ...rows.slice(now.length, now.length + SHOWN_OVER)];
  });

export const appoint = ({ person, deputy: whom, first, last, reason }: DeputyDraft) =>
  put(
    phone(),
    deputy(phone().newId(), 'appoint_deputy', {
      person,
      deputy: whom,
      first_day: first,
      last_day: last,
      reason: reason.trim(),
    }),
  );

export const end = (id: string) => put(phone(), deputy(id, 'end_deputy', {}));

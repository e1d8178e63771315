// Refused steps of an event: where to look, and its states in words.
import type { Phone } from '@/foundation/phone';
import { readOne } from '@/foundation/reading';
import type { Body, Key } from '@/foundation/store/tables';
import type { Mending, Spot } from '@/parts/contribution';
import type { EventBody } from './model';
import { say } from './say';

const TAKING = new Set(['open', 'closed']);

/** A check-in, a part of a roster and a follow-up lead to their event: they have no screen of their own. */
async function spot(on: Phone, rec: Key, asked: Body): Promise<Spot | null> {
  const id = rec[0] === 'event' ? rec[1] : String(asked.event ?? '');
  const row = await readOne<EventBody>(on, ['event', id]);
  if (!row) return null;
  if (asked.photo) {
    if (!TAKING.has(row.body.state)) return null;
    return { href: `/events/${id}/photos`, no: '' };
  }
  if (rec[0] === 'event_roster') return { href: `/events/${id}/names`, no: '' };
  if (rec[0] === 'event_follow_up') return { href: `/events/${id}/follow-up`, no: '' };
  return { href: `/events/${id}`, no: '' };
}

function facts({ state, how, what, purpose }: Body): Record<string, string> {
  const w = say();
  const known = {
    state: w.states[String(state)],
    how: w.how[String(how)],
    what: w.whatTwice[String(what)],
    purpose: w.purposes[String(purpose)],
  };
  return Object.fromEntries(
    Object.entries(known).filter((pair): pair is [string, string] => pair[1] !== undefined),
  );
}

export const mending: Mending = { spot, facts };

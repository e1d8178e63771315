// How screens see and touch the pace of sending, without knowing sync.

import type { Live } from '@/foundation/live';
import { live } from '@/foundation/live';
import type { Phone } from '@/foundation/phone';
import { phone as currentPhone } from '@/foundation/phone';
import type { Pulse } from '@/foundation/store/meta';
import { getMeta } from '@/foundation/store/meta';

export type Nudge = (reason: 'person' | 'work') => void;

const nudges = new WeakMap<Phone, Nudge>();

export function driveBy(phone: Phone, nudge: Nudge): void {
  nudges.set(phone, nudge);
  phone.onWork = () => nudge('work');
}

/** The button "send now": forgets the waiting time and tries at once. */
export const sendNow = (on: Phone = currentPhone()): void => nudges.get(on)?.('person');

/** What the engine is doing and since when; never a promise about what has arrived. */
export const pulse = (): Live<Pulse> =>
  live({ tables: ['meta'] }, (phone) => phone.store.read(['meta'], (tx) => getMeta(tx, 'pulse')));

// Who is inside, as far as screens care. Signing in and out themselves happen behind the gate.
import { type Phone, signedIn } from '@/foundation/phone';

let current = $state.raw<Phone | null>(null);
let ended = $state(false);

export const inside = (): Phone | null => current;

/** The session has ended while work lies on the device: the same person signs in again. */
export const sessionEnded = (): boolean => ended;

export function look(): void {
  current = signedIn();
  ended = false;
}

export function askAgain(): void {
  ended = true;
}

// Signing in and out, as screens ask for it. Only sync can speak to the server, so this is a port
// that it fills when the app starts.

import type { Phone } from '@/foundation/phone';

/** Why not. `one_time`: the password was given by an administrator and a new one has to be chosen; `lapsed`:
 * it was not used in time; `old`: the present one was wrong; `auth_needed`: the session has ended. */
export type Denied =
  | 'wrong'
  | 'one_time'
  | 'lapsed'
  | 'weak'
  | 'same'
  | 'old'
  | 'throttled'
  | 'busy'
  | 'suspended'
  | 'auth_needed'
  | 'offline';

/** `least`: how many signs a password must have at least, where it was too weak. */
export type Denial = { ok: false; why: Denied; retry_seconds: number | null; least: number | null };
export type SignInResult = { ok: true; phone: Phone } | Denial;
export type ChangeResult = { ok: true } | Denial;

export type Gate = {
  /** `fresh`: a new password that takes the place of the given one. */
  signIn(username: string, password: string, fresh?: string): Promise<SignInResult>;
  /** One's own password. Sessions on other devices end. */
  changePassword(old: string, fresh: string): Promise<ChangeResult>;
  signOut(): Promise<{ kept: boolean }>;
  /** Others on this device whose work has not been sent. */
  waiting(): Promise<{ account: { name: string; username: string }; unsent: number }[]>;
};

let filled: Gate | null = null;

export function fillGate(gate: Gate): void {
  filled = gate;
}

export function gate(): Gate {
  if (!filled) throw new Error('the app has not started');
  return filled;
}

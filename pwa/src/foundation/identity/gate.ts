// Signing in and out, as screens ask for it. Only sync can speak to the server, so this is a port
// that it fills when the app starts.

import type { Phone } from '@/foundation/phone';

export type SignInResult =
  | { ok: true; phone: Phone }
  | {
      ok: false;
      why: 'wrong' | 'throttled' | 'suspended' | 'offline';
      retry_seconds: number | null;
    };

export type Gate = {
  signIn(username: string, password: string): Promise<SignInResult>;
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

// Signing in and out. The session is a cookie the server sets; nothing of it is kept here.

import type { Accounts } from '@/foundation/identity/accounts';
import type { Gate, SignInResult } from '@/foundation/identity/gate';
import { REQUEST_TIMEOUT_MS } from '@/foundation/limits';
import { signedIn } from '@/foundation/phone';
import type { Network, NetworkAnswer } from '@/foundation/ports';
import { PROTOCOL, parsed } from '@/sync/line';

type Opened = { person: { id: string; name: string; username: string } };

export function gateOver(network: Network, accounts: Accounts, deviceName: string): Gate {
  return {
    signIn: (username, password) => signIn(network, accounts, { username, password, deviceName }),
    async signOut() {
      await network.send(request('DELETE', null)).catch(() => undefined);
      return accounts.exit();
    },
    waiting: () => accounts.waiting(),
  };
}

type Credentials = { username: string; password: string; deviceName: string };

async function signIn(
  network: Network,
  accounts: Accounts,
  { username, password, deviceName }: Credentials,
): Promise<SignInResult> {
  const device = await accounts.deviceFor(username);
  const body = { username, password, device: { id: device, name: deviceName } };
  const answer = await network.send(request('POST', JSON.stringify(body))).catch(() => null);
  const said = answer && parsed(answer);
  const code = typeof said?.code === 'string' ? said.code : null;
  if (!answer || !said || answer.status >= 500) return refusal('offline', null);
  if (answer.status === 429) return refusal('throttled', answer);
  if (answer.status >= 400) {
    if (code === null) return refusal('offline', null);
    return refusal(
      answer.status === 403 || code.includes('suspended') ? 'suspended' : 'wrong',
      null,
    );
  }
  const person = (said as Opened).person;
  if (typeof person?.id !== 'string') return refusal('offline', null);
  // A second sign-in by the person whose database is open keeps that database open.
  const open = signedIn();
  if (open?.person.id === person.id && open.device === device) return { ok: true, phone: open };
  const known = { id: person.id, name: person.name, username: person.username ?? username };
  return { ok: true, phone: await accounts.enter(known, device) };
}

function refusal(
  why: 'wrong' | 'throttled' | 'suspended' | 'offline',
  answer: NetworkAnswer | null,
) {
  const seconds = Number(answer?.header('Retry-After') ?? Number.NaN);
  return { ok: false as const, why, retry_seconds: Number.isFinite(seconds) ? seconds : null };
}

const request = (method: 'POST' | 'DELETE', body: string | null) => ({
  method,
  path: '/v1/session',
  headers: { 'Content-Type': 'application/json', 'Sync-Protocol': String(PROTOCOL) },
  ...(body === null ? {} : { body }),
  timeout_ms: REQUEST_TIMEOUT_MS,
});

// Signing in and out. The session is a cookie the server sets; nothing of it is kept here.

import type { Accounts } from '@/foundation/identity/accounts';
import { type Erased, markErased } from '@/foundation/identity/erased';
import type { ChangeResult, Denial, Denied, Gate, SignInResult } from '@/foundation/identity/gate';
import { REQUEST_TIMEOUT_MS } from '@/foundation/limits';
import { signedIn } from '@/foundation/phone';
import type { Network, NetworkAnswer } from '@/foundation/ports';
import type { Body } from '@/foundation/store/tables';
import { PROTOCOL, parsed } from '@/sync/line';

type Opened = { person: { id: string; name: string; username: string } };

export function gateOver(network: Network, accounts: Accounts, deviceName: string): Gate {
  return {
    signIn: (username, password, fresh) =>
      signIn(network, accounts, { username, password, fresh, deviceName }),
    changePassword: (old, fresh) => changePassword(network, old, fresh),
    async signOut() {
      await network.send(request('DELETE', '', null)).catch(() => undefined);
      return accounts.exit();
    },
    waiting: () => accounts.waiting(),
  };
}

/** After this device erased itself, by the next page if need be: the server hears of it, and the
 * session ends. */
export async function endErased(network: Network, mark: Erased): Promise<void> {
  const body = JSON.stringify({ unsent: mark.unsent });
  let answer = await network.send(request('POST', '/erased', body)).catch(() => null);
  // The order was taken back meanwhile: what is gone is gone, and so is the session.
  if (answer?.status === 409)
    answer = await network.send(request('DELETE', '', null)).catch(() => null);
  if (answer && (answer.status === 204 || answer.status === 401))
    markErased({ ...mark, told: true });
}

type Credentials = {
  username: string;
  password: string;
  fresh: string | undefined;
  deviceName: string;
};

async function signIn(
  network: Network,
  accounts: Accounts,
  { username, password, fresh, deviceName }: Credentials,
): Promise<SignInResult> {
  const device = await accounts.deviceFor(username);
  const body = {
    username,
    password,
    device: { id: device, name: deviceName },
    ...(fresh === undefined ? {} : { new_password: fresh }),
  };
  const said = await opened(network, '', body);
  if ('ok' in said) return said;
  const { person } = said;
  // A second sign-in by the person whose database is open keeps that database open.
  const open = signedIn();
  if (open?.person.id === person.id && open.device === device) return { ok: true, phone: open };
  const known = { id: person.id, name: person.name, username: person.username ?? username };
  return { ok: true, phone: await accounts.enter(known, device) };
}

async function changePassword(network: Network, old: string, fresh: string): Promise<ChangeResult> {
  const said = await opened(network, '/password', { old, new: fresh });
  return 'ok' in said ? said : { ok: true };
}

/** A session that has begun, or why none has. A login page of a hotel is neither. */
async function opened(network: Network, path: string, body: Body): Promise<Opened | Denial> {
  const answer = await network.send(request('POST', path, JSON.stringify(body))).catch(() => null);
  const said = answer && parsed(answer);
  if (!answer || !said) return denied('offline');
  if (answer.status >= 400) return denialOf(answer, said);
  const found = said as Opened;
  return typeof found.person?.id === 'string' ? found : denied('offline');
}

const WHY: Record<string, Denied> = {
  password_one_time: 'one_time',
  password_lapsed: 'lapsed',
  password_weak: 'weak',
  password_same: 'same',
  password_old_wrong: 'old',
  too_many_tries: 'throttled',
  sign_in_busy: 'busy',
  person_suspended: 'suspended',
  device_stopped: 'suspended',
  session_unknown: 'auth_needed',
};

function denialOf(answer: NetworkAnswer, { code, facts }: Body): Denial {
  if (typeof code !== 'string') return denied('offline');
  const why = WHY[code] ?? (answer.status >= 500 ? 'offline' : 'wrong');
  const { least } = (facts ?? {}) as { least?: number };
  const seconds = Number(answer.header('Retry-After') ?? Number.NaN);
  return denied(why, Number.isFinite(seconds) ? seconds : null, least ?? null);
}

const denied = (
  why: Denied,
  retry_seconds: number | null = null,
  least: number | null = null,
): Denial => ({ ok: false, why, retry_seconds, least });

const request = (method: 'POST' | 'DELETE', path: string, body: string | null) => ({
  method,
  path: `/v1/session${path}`,
  headers: { 'Content-Type': 'application/json', 'Sync-Protocol': String(PROTOCOL) },
  ...(body === null ? {} : { body }),
  timeout_ms: REQUEST_TIMEOUT_MS,
});

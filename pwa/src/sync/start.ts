// Brings sync to life in a page: the gate for signing in, answers for screens, and the drive of
// whoever is signed in, with everything a browser offers as a trigger.

import { answerWith } from '@/foundation/ask';
import { browserLocks } from '@/foundation/browser';
import type { Accounts } from '@/foundation/identity/accounts';
import { erased, forgetErased, markErased } from '@/foundation/identity/erased';
import type { Gate } from '@/foundation/identity/gate';
import { unsentIn } from '@/foundation/identity/leaving';
import { driveBy } from '@/foundation/pace';
import type { Phone } from '@/foundation/phone';
import { answerOver } from '@/sync/answer';
import { type Conditions, Drive, type Reason } from '@/sync/drive';
import { Line } from '@/sync/line';
import { Live, type Surroundings } from '@/sync/live';
import { fetchNetwork } from '@/sync/network';
import { endErased, gateOver } from '@/sync/session';

const conditions: Conditions = {
  visible: () => document.visibilityState === 'visible',
  lanes: () => (isThrifty() ? 2 : 4),
};

type Connection = { saveData?: boolean; type?: string };

function isThrifty(): boolean {
  const { connection } = navigator as Navigator & { connection?: Connection };
  return connection?.saveData === true || connection?.type === 'cellular';
}

export type Started = { gate: Gate; attend(phone: Phone): void };

export function startSync(accounts: Accounts, build: number): Started {
  let line: Line | null = null;
  let drive: Drive | null = null;
  let live: Live | null = null;

  const attend = (phone: Phone) => {
    drive?.stop();
    live?.stop();
    line = new Line(phone, fetchNetwork, build);
    drive = new Drive(line, browserLocks, conditions);
    const own = drive;
    line.onWipe = () => wipe(accounts, phone);
    driveBy(phone, (reason) => own.nudge(reason));
    drive.nudge('start');
    live = new Live(livingOn(phone), () => own.nudge('poke'));
    live.look();
    slide(line);
  };

  void afterErasing(accounts);
  const gate = gateOver(fetchNetwork, accounts, deviceName());
  answerWith(answerOver(() => line));
  const stop = () => {
    drive?.stop();
    live?.stop();
  };
  listen(
    (reason) => drive?.nudge(reason),
    () => live?.look(),
  );
  return { gate: attending(gate, attend, stop), attend };
}

/** Asking who one is sets the session's cookie anew, so that its ninety days slide. */
function slide(line: Line): void {
  line.send({ method: 'GET', path: '/v1/session', headers: {} }).catch(() => undefined);
}

/** Whoever signs in is attended to at once; a session renewed under way goes on sending. */
function attending(gate: Gate, attend: (phone: Phone) => void, stop: () => void): Gate {
  return {
    ...gate,
    async signIn(username, password, fresh) {
      const result = await gate.signIn(username, password, fresh);
      if (result.ok) forgetErased();
      if (result.ok) attend(result.phone);
      return result;
    },
    async signOut() {
      stop();
      return gate.signOut();
    },
  };
}

/** The first page after it: the files are merged once more, and the server hears of it. */
async function afterErasing(accounts: Accounts): Promise<void> {
  const mark = erased();
  if (!mark || mark.told) return;
  await accounts.scrub();
  await endErased(fetchNetwork, mark);
}

/** A fresh page follows at once: what this one still shows came from what is gone. */
async function wipe(accounts: Accounts, phone: Phone): Promise<void> {
  const unsent = await unsentIn(phone.store).catch(() => 0);
  markErased({ at: phone.now(), unsent, told: false });
  // What the screen shows goes first: erasing takes a moment.
  document.body.replaceChildren();
  await accounts.erase();
  location.replace('/');
}

function livingOn(phone: Phone): Surroundings {
  return {
    open: (path) => new EventSource(path),
    wanted: () => typeof EventSource !== 'undefined' && conditions.visible() && navigator.onLine,
    after: (ms, run) => phone.ports.scheduler.after(ms, run),
    fraction: () => phone.ports.random.fraction(),
  };
}

function listen(nudge: (reason: Reason) => void, look: () => void): void {
  addEventListener('online', () => nudge('online'));
  for (const change of ['online', 'offline', 'pageshow']) addEventListener(change, look);
  document.addEventListener('visibilitychange', look);
  addEventListener('pageshow', () => nudge('visible'));
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible') nudge('visible');
  });
  navigator.serviceWorker?.addEventListener('message', ({ data }: MessageEvent) => {
    if (data?.type === 'sync') nudge('poke');
  });
}

/** What a person would call this thing, for the list of devices. */
function deviceName(): string {
  const agent = navigator.userAgent;
  const system = /iPhone|iPad|Android|Windows|Macintosh|Linux/.exec(agent)?.[0] ?? 'Device';
  const browser = /MicroMessenger|Edg|CriOS|Chrome|Firefox|Safari/.exec(agent)?.[0] ?? '';
  return `${system} ${browser}`.trim();
}

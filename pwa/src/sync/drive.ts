// When to make a pass. One flight at a time in one tab; whatever happens during a flight makes it
// fly again before it rests. Every trigger is only a hint, `onLine` included: the network is always
// tried. A failure waits longer each time, a person's tap forgets the waiting. The end of a session
// parks the drive and touches nothing that waits to be sent.

import type { Phone } from '@/foundation/phone';
import type { Locks } from '@/foundation/ports';
import { NoAnswer } from '@/foundation/ports';
import { note } from '@/foundation/store/log';
import type { Pulse } from '@/foundation/store/meta';
import { getMeta, STORAGE_LOST, setMeta } from '@/foundation/store/meta';
import { StorageLost } from '@/foundation/store/own';
import { waitAfter } from '@/sync/backoff';
import { Lease } from '@/sync/lease';
import { type Line, Refused } from '@/sync/line';
import { type PassResult, pass } from '@/sync/pass';
import { Watchdog } from '@/sync/watchdog';
import { Wiped } from '@/sync/wiping';

export type Reason = 'start' | 'work' | 'person' | 'online' | 'visible' | 'timer' | 'poke';

export type Conditions = {
  visible: () => boolean;
  /** How many photographs travel side by side. */
  lanes: () => number;
};

const DEBOUNCE_MS = 2_000;
const SOON_MS = 3_000;
const SOON_PASSES_MAX = 10;
const USUAL_MS = 60_000;
const QUIET_MS = 300_000;
const CHECK_EVERY_MS = 1_800_000;
const FLIGHTS_MAX = 5;

export class Drive {
  private flying = false;
  private again = false;
  private failures = 0;
  private soon = 0;
  private checked_at = Number.NEGATIVE_INFINITY;
  private cancel: () => void = () => undefined;
  private parked = false;
  private next_try_at: number | null = null;
  private readonly lease: Lease;
  private readonly watchdog: Watchdog;

  constructor(
    private readonly line: Line,
    locks: Locks,
    private readonly conditions: Conditions,
  ) {
    this.lease = new Lease(line.phone, locks);
    this.watchdog = new Watchdog(line.phone);
    line.onStep = () => this.lease.renew();
  }

  get isFlying(): boolean {
    return this.flying;
  }

  nudge(reason: Reason): void {
    if (reason === 'work') {
      this.soon = 0;
      if (this.flying) this.again = true;
      else if (this.failures === 0) this.schedule(DEBOUNCE_MS);
      return;
    }
    if (reason === 'person' || reason === 'online' || reason === 'start') {
      this.failures = 0;
      this.parked = false;
    }
    if (this.flying) this.again = true;
    else if (!this.parked && (this.failures === 0 || reason === 'timer')) void this.fly();
  }

  stop(): void {
    this.parked = true;
    this.cancel();
  }

  /** One flight; resolves when it has landed. */
  async fly(): Promise<void> {
    if (this.flying) {
      this.again = true;
      return;
    }
    this.cancel();
    this.flying = true;
    try {
      const held = await this.lease.hold(() => this.passes());
      if (!held) this.schedule(SOON_MS * 10);
      // Asked for while the last pass was being closed: it must not wait for the next round.
      else if (this.again) this.schedule(DEBOUNCE_MS);
    } catch (error) {
      if (error instanceof Wiped) return this.stop();
      this.fell(error);
      // A storage that is full refuses this too. The next try must come all the same: a drive that
      // died of what it could not write down would never send again.
      await this.tell(error).catch(() => undefined);
    } finally {
      this.flying = false;
    }
  }

  private async passes(): Promise<void> {
    const now = this.phone.now();
    const check = now - this.checked_at > CHECK_EVERY_MS;
    await this.beat({ state: 'working' });
    let result: PassResult = { moved: false, complete: false };
    for (let flight = 0; flight < FLIGHTS_MAX; flight++) {
      this.again = false;
      result = await pass(this.line, { lanes: this.conditions.lanes(), check });
      if (!this.again) break;
    }
    if (check) this.checked_at = now;
    this.failures = 0;
    this.soon = result.moved ? SOON_PASSES_MAX : Math.max(0, this.soon - 1);
    const stuck = await this.watchdog.look();
    const wait = this.soon > 0 ? SOON_MS : result.complete ? QUIET_MS : USUAL_MS;
    await this.rest(this.conditions.visible() ? wait : Math.max(wait, USUAL_MS), { stuck });
  }

  private async rest(wait_ms: number, more: Partial<Pulse>): Promise<void> {
    this.schedule(wait_ms);
    const { next_try_at } = this;
    const last_answer_at = this.phone.now();
    await this.beat({ state: 'idle', last_answer_at, next_try_at, problem: null, ...more });
  }

  /** What is decided in memory, before anything that may fail. */
  private fell(error: unknown): void {
    this.failures++;
    if (isEnd(error)) this.parked = true;
    if (this.parked) return;
    const asked = error instanceof Refused ? error.retry_after_ms : null;
    this.schedule(waitAfter(this.failures, this.phone.ports.random.fraction(), asked));
  }

  private async tell(error: unknown): Promise<void> {
    if (error instanceof Refused) await this.learnState(error);
    const problem = nameOf(error);
    if (isEnd(error)) {
      await this.beat({ state: 'auth_needed', next_try_at: null, problem });
      return;
    }
    if (problem === 'engine') await note(this.phone, 'pass_failed', { error: String(error) });
    await this.beat({ state: 'waiting', next_try_at: this.next_try_at, problem });
  }

  private async learnState(error: Refused): Promise<void> {
    if (error.code !== 'device_stopped' || typeof error.facts.state !== 'string') return;
    const { state } = error.facts;
    await this.phone.store.write(['meta'], async (tx) => setMeta(tx, 'device_state', state));
  }

  private schedule(wait_ms: number): void {
    this.cancel();
    this.next_try_at = this.phone.now() + wait_ms;
    this.cancel = this.phone.ports.scheduler.after(wait_ms, () => this.nudge('timer'));
  }

  private async beat(next: Partial<Pulse>): Promise<void> {
    await this.phone.store.write(
      ['meta'],
      async (tx) => setMeta(tx, 'pulse', { ...(await getMeta(tx, 'pulse')), ...next }),
      'relaxed',
    );
  }

  private get phone(): Phone {
    return this.line.phone;
  }
}

/** Signed out, or the database is not the one that was signed in to: a person has to act. A device that
 * was stopped goes on: it still hands over, and hears of its orders. */
const isEnd = (error: unknown): boolean =>
  error instanceof StorageLost || (error instanceof Refused && error.status === 401);

function nameOf(error: unknown): string {
  if (error instanceof StorageLost) return STORAGE_LOST;
  if (error instanceof NoAnswer) return 'no_answer';
  if (error instanceof Refused) return error.code ?? `http_${error.status}`;
  return (error as { name?: string }).name === 'QuotaExceededError' ? 'no_room' : 'engine';
}

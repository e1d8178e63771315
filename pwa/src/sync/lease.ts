// One tab sends at a time. The browser's lock is the first judge; behind it stands a lease in the
// database, because locks have been seen stuck in frozen pages. A tab that cannot get the lock but
// finds a lease long dead goes on with a higher counter. Two tabs sending at once are harmless:
// the server answers each command once.

import { LEASE_DEAD_MS, LEASE_MS } from '@/foundation/limits';
import type { Phone } from '@/foundation/phone';
import type { Locks } from '@/foundation/ports';
import { getMeta, setMeta } from '@/foundation/store/meta';

export class Lease {
  private counter = 0;
  private renewed_at = Number.NEGATIVE_INFINITY;

  constructor(
    private readonly phone: Phone,
    private readonly locks: Locks,
  ) {}

  /** False when another tab is at it. */
  async hold(work: () => Promise<void>): Promise<boolean> {
    const name = `sync:${this.phone.person.id}`;
    const held = await this.locks.tryHold(name, async () => {
      await this.take();
      await work();
    });
    if (held) return true;
    if (!(await this.isDead())) return false;
    await this.take();
    await work();
    return true;
  }

  /** Called at each step; writes only every few seconds. */
  async renew(): Promise<void> {
    if (this.phone.ports.clock.mono() - this.renewed_at < LEASE_MS / 3) return;
    await this.write(this.counter);
  }

  private async take(): Promise<void> {
    const lease = await this.phone.store.read(['meta'], (tx) => getMeta(tx, 'lease'));
    this.counter = lease.counter + 1;
    await this.write(this.counter);
  }

  private async isDead(): Promise<boolean> {
    const lease = await this.phone.store.read(['meta'], (tx) => getMeta(tx, 'lease'));
    const left_ms = lease.until - this.phone.now();
    // A lease from the future was written before this clock was set back: nobody will renew it, and
    // waiting for it could take years.
    return left_ms < LEASE_MS - LEASE_DEAD_MS || left_ms > LEASE_DEAD_MS;
  }

  private async write(counter: number): Promise<void> {
    this.renewed_at = this.phone.ports.clock.mono();
    const until = this.phone.now() + LEASE_MS;
    await this.phone.store.write(
      ['meta'],
      async (tx) => setMeta(tx, 'lease', { tab: this.phone.page, counter, until }),
      'relaxed',
    );
  }
}

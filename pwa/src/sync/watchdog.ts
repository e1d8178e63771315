// Notices what a green light would hide: requests succeed and yet the oldest work does not leave.

import { WATCHDOG_MS, WATCHDOG_PASSES } from '@/foundation/limits';
import type { Phone } from '@/foundation/phone';
import { note } from '@/foundation/store/log';

export class Watchdog {
  private least = Number.POSITIVE_INFINITY;
  private passes = 0;

  constructor(private readonly phone: Phone) {}

  /** After a pass in which the server answered. True: say so on the screen. */
  async look(): Promise<boolean> {
    const rows = await this.phone.store.read(['outbox'], (tx) => tx.all('outbox'));
    if (rows.length === 0 || rows.length < this.least) this.passes = 0;
    else this.passes++;
    this.least = rows.length === 0 ? Number.POSITIVE_INFINITY : rows.length;
    const oldest = rows.map((row) => Date.parse(row.at)).reduce((a, b) => Math.min(a, b), Infinity);
    const stuck = this.phone.now() - oldest > WATCHDOG_MS || this.passes >= WATCHDOG_PASSES;
    if (stuck) await note(this.phone, 'stuck', { waiting: rows.length });
    return stuck;
  }
}

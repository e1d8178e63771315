// One open page of one person: the engine with ports that the scheduler holds.

import type { Catalogue } from '@/foundation/catalogue';
import { isLastCopy } from '@/foundation/identity/leaving';
import { driveBy } from '@/foundation/pace';
import type { Person } from '@/foundation/phone';
import { Phone } from '@/foundation/phone';
import type { Locks } from '@/foundation/ports';
import { setMeta } from '@/foundation/store/meta';
import { seeded } from '@/sim/chance';
import type { MemoryDisk, MemoryStore } from '@/sim/memory';
import { HeldNetwork } from '@/sim/network';
import { Timers } from '@/sim/timers';
import { plainVault } from '@/sim/vault';
import { Drive } from '@/sync/drive';
import { Line } from '@/sync/line';

export type Boot = {
  seed: number;
  now: number;
  mono: number;
  person: Person;
  device: string;
  token: string | null;
  rows_max: number | undefined;
  chunk_bytes: number | undefined;
  stuck_lock: boolean;
};

const HALF_GIB = 2 ** 29;

export class Page {
  readonly store: MemoryStore;
  readonly network = new HeldNetwork();
  readonly timers = new Timers();
  readonly phone: Phone;
  readonly drive: Drive;
  room = { used: 0, quota: 16 * HALF_GIB };

  constructor(
    readonly disk: MemoryDisk,
    catalogue: Catalogue,
    boot: Boot,
  ) {
    this.store = disk.connect();
    this.timers.move(boot.now, boot.mono);
    const ports = {
      store: this.store,
      vault: plainVault,
      clock: this.timers,
      random: seeded(boot.seed),
      scheduler: this.timers,
      room: { estimate: async () => ({ ...this.room, persisted: true }) },
    };
    this.phone = new Phone(ports, boot.device, boot.person, catalogue);
    const line = new Line(this.phone, this.network, 1, boot.token);
    if (boot.rows_max) line.rows_max = boot.rows_max;
    if (boot.chunk_bytes) line.chunk_bytes = boot.chunk_bytes;
    const locks = boot.stuck_lock ? stuck : this.locks();
    this.drive = new Drive(line, locks, { visible: () => true, lanes: () => 2 });
    driveBy(this.phone, (reason) => this.drive.nudge(reason));
  }

  /** As after a sign-in: this database belongs to this device from now on. */
  enter(): Promise<void> {
    const { device } = this.phone;
    return this.store.write(['meta'], async (tx) => setMeta(tx, 'device', device));
  }

  /** Leaves the device as its person would; true when the disk is kept for what lies only there. */
  async leave(): Promise<boolean> {
    this.drive.stop();
    const kept = await isLastCopy(this.store);
    if (!kept) await this.store.destroy();
    return kept;
  }

  end(): void {
    this.drive.stop();
    this.disk.holders.forEach((page, name) => {
      if (page === this) this.disk.holders.delete(name);
    });
  }

  private locks(): Locks {
    return {
      tryHold: async (name, work) => {
        if (this.disk.holders.has(name)) return false;
        this.disk.holders.set(name, this);
        try {
          await work();
        } finally {
          if (this.disk.holders.get(name) === this) this.disk.holders.delete(name);
        }
        return true;
      },
    };
  }
}

/** A lock that some frozen page never gave back. */
const stuck: Locks = { tryHold: async () => false };

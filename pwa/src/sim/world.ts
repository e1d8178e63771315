// Disks, the pages open over them, and what the scheduler's lines do to them.

import { Catalogue, type Command, type RecordRules } from '@/foundation/catalogue';
import { develop } from '@/foundation/evidence/captured';
import { rules as evidence } from '@/foundation/evidence/rules';
import { put } from '@/foundation/outbox/put';
import type { Person } from '@/foundation/phone';
import type { Body, Key } from '@/foundation/store/tables';
import { readTruth } from '@/foundation/truth';
import { dump } from '@/sim/dump';
import { Ledger } from '@/sim/ledger';
import { MemoryDisk } from '@/sim/memory';
import { Page } from '@/sim/page';
import { TOY } from '@/sim/toy';
import type { Reason } from '@/sync/drive';

export type Line = { do: string; phone: string; disk: string } & Record<string, unknown>;
type Bytes = (text: string) => Uint8Array;

const features = import.meta.glob<{ rules: RecordRules }>('../features/*/preview.ts', {
  eager: true,
});

export class World {
  private readonly disks = new Map<string, MemoryDisk>();
  private readonly ledgers = new WeakMap<MemoryDisk, Ledger>();
  private readonly pages = new Map<string, Page>();
  private readonly catalogue = new Catalogue().declare(evidence).declare(TOY);

  constructor() {
    for (const path of Object.keys(features).sort()) this.catalogue.declare(features[path]!.rules);
  }

  async carryOut(line: Line, bytes: Bytes): Promise<unknown> {
    if (line.now !== undefined) this.move(line);
    switch (line.do) {
      case 'boot':
        return this.boot(line);
      case 'put':
        return put(this.page(line).phone, line.commands as Command[]);
      case 'photo':
        return this.photo(line, bytes);
      case 'nudge':
        return this.page(line).drive.nudge(line.reason as Reason) ?? null;
      case 'deliver':
        return this.deliver(line, bytes);
      case 'fail':
        return this.page(line).network.fail(Number(line.call));
      case 'leave':
        return this.page(line).leave();
      case 'dump':
        return dump(this.page(line).phone);
      case 'kill':
        return this.kill(line);
      case 'room':
        this.page(line).room = { used: Number(line.used), quota: Number(line.quota) };
        return null;
      default:
        return this.harm(line);
    }
  }

  /** What came of the last line beside its answer. */
  happened() {
    const died = this.bury();
    const pages = [...this.pages];
    const due = pages.map(([phone, page]) => [phone, page.timers.next()] as const);
    return {
      calls: pages.flatMap(([phone, page]) =>
        page.network.taken().map((call) => ({ phone, ...call })),
      ),
      timers: Object.fromEntries(due.filter(([, next]) => next !== null)),
      working: pages.filter(([, page]) => page.drive.isFlying).map(([phone]) => phone),
      died,
    };
  }

  /** What lies on the page's disk and what its screen claims. Null when the page is dead. */
  async look(phone: string): Promise<unknown> {
    const page = this.pages.get(phone);
    if (!page || page.store.dead) return null;
    const ledger = this.ledgers.get(page.disk) ?? new Ledger(page.disk);
    this.ledgers.set(page.disk, ledger);
    return { truth: await readTruth(page.phone), tables: ledger.look() };
  }

  private async boot(line: Line) {
    const page = new Page(this.disk(line.disk), this.catalogue, {
      seed: Number(line.seed),
      now: Number(line.now),
      mono: Number(line.mono ?? 0),
      person: line.person as Person,
      device: String(line.device),
      token: (line.token as string | undefined) ?? null,
      rows_max: line.rows_max as number | undefined,
      chunk_bytes: line.chunk_bytes as number | undefined,
      stuck_lock: line.stuck_lock === true,
    });
    this.pages.set(line.phone, page);
    if (line.enter === true) await page.enter();
    return { page: page.phone.page };
  }

  private move({ phone, now, mono, stopped_at }: Line) {
    const stop = stopped_at === undefined ? null : Number(stopped_at);
    this.pages.get(phone)?.timers.move(Number(now), Number(mono), stop);
  }

  private async photo(line: Line, bytes: Bytes) {
    const { phone } = this.page(line);
    const rec = line.rec as Key;
    const taken = {
      bytes: bytes(String(line.bytes)),
      type: (line.type as string | undefined) ?? 'image/jpeg',
      source: 'camera' as const,
      geo: null,
      ref: (line.ref as string | undefined) ?? rec.join(':'),
      token: null,
    };
    const small = { width: 40, height: 30, type: 'image/jpeg' };
    const captured = await develop(phone, taken, async (all) => ({
      ...small,
      bytes: all.slice(0, 16),
    }));
    const { photo } = captured;
    const blobs = photo.thumb ? [photo.sha256, photo.thumb] : [photo.sha256];
    const args = { ...(line.args as Body), photo };
    const [receipt] = await put(phone, { op: String(line.op), rec, args, blobs }, [captured]);
    return { ...receipt, photo };
  }

  private deliver(line: Line, bytes: Bytes): null {
    const { status, headers, body } = line;
    return this.page(line).network.deliver(Number(line.call), {
      status: Number(status),
      headers: (headers as Record<string, string> | undefined) ?? {},
      body: bytes(String(body ?? '')),
    });
  }

  private kill(line: Line): number {
    const lost = Number(line.lost ?? 0);
    const page = line.phone ? this.page(line) : null;
    const taken = page ? page.disk.kill(lost, page.store) : this.disk(line.disk).kill(lost);
    this.bury();
    return taken;
  }

  /** Pages whose connection is dead are gone, and what they held with them. */
  private bury(): string[] {
    const dead = [...this.pages].filter(([, page]) => page.store.dead);
    for (const [name, page] of dead) {
      page.end();
      this.pages.delete(name);
    }
    return dead.map(([name]) => name);
  }

  private harm(line: Line): null {
    const disk = this.disk(line.disk);
    if (line.do === 'evict') disk.wipe();
    else if (line.do === 'rot') disk.rot(String(line.digest));
    else if (line.do === 'fuse') disk.fuse = Number(line.steps);
    else if (line.do === 'lossy') disk.lossy = true;
    else if (line.do === 'sound') disk.mend();
    else if (line.do === 'fault')
      disk.failNext(
        line.name as string | undefined,
        Number(line.times ?? 1),
        Number(line.after ?? 0),
      );
    else if (line.do !== 'clock') throw new Error(`unknown line: ${line.do}`);
    return null;
  }

  private disk(name: string): MemoryDisk {
    const disk = this.disks.get(name) ?? new MemoryDisk();
    this.disks.set(name, disk);
    return disk;
  }

  private page({ phone }: Line): Page {
    const page = this.pages.get(phone);
    if (!page) throw new Error(`no page open: ${phone}`);
    return page;
  }
}

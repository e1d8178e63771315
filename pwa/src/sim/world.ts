// Disks, the pages open over them, and what the scheduler's lines do to them.

import { readAttention } from '@/foundation/attention';
import { Catalogue, type Command, type RecordRules } from '@/foundation/catalogue';
import { develop } from '@/foundation/evidence/captured';
import { put } from '@/foundation/outbox/put';
import type { Person } from '@/foundation/phone';
import { readMeta } from '@/foundation/store/meta';
import type { Body, Key } from '@/foundation/store/tables';
import { readTruth } from '@/foundation/truth';
import { dump } from '@/sim/dump';
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
  private readonly pages = new Map<string, Page>();
  private readonly catalogue = new Catalogue().declare(TOY);

  constructor() {
    for (const path of Object.keys(features).sort()) this.catalogue.declare(features[path]!.rules);
  }

  async carryOut(line: Line, bytes: Bytes): Promise<unknown> {
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
      case 'clock':
        return this.page(line).move(Number(line.now), Number(line.mono));
      case 'kill':
        return this.kill(line);
      case 'room':
        this.page(line).room = { used: Number(line.used), quota: Number(line.quota) };
        return null;
      case 'read':
        return this.read(this.page(line), String(line.what));
      default:
        return this.harm(line);
    }
  }

  /** What came of the last line beside its answer. */
  happened(): { calls: unknown[]; timers: Record<string, number>; working: string[] } {
    const pages = [...this.pages];
    return {
      calls: pages.flatMap(([phone, page]) =>
        page.network.taken().map((call) => ({ phone, ...call })),
      ),
      timers: Object.fromEntries(
        pages.flatMap(([phone, page]) => {
          const due = page.timers.next();
          return due === null ? [] : [[phone, due]];
        }),
      ),
      working: pages.filter(([, page]) => page.drive.isFlying).map(([phone]) => phone),
    };
  }

  private boot(line: Line) {
    const page = new Page(this.disk(line.disk), this.catalogue, {
      seed: Number(line.seed),
      now: Number(line.now),
      mono: Number(line.mono ?? 0),
      person: line.person as Person,
      device: String(line.device),
      token: (line.token as string | undefined) ?? null,
      rows_max: line.rows_max as number | undefined,
      stuck_lock: line.stuck_lock === true,
    });
    this.pages.set(line.phone, page);
    return { page: page.phone.page };
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
    if (line.phone) {
      const page = this.page(line);
      this.pages.delete(line.phone);
      page.end();
      return page.disk.kill(lost, page.store);
    }
    const disk = this.disk(line.disk);
    for (const [name, page] of this.pages)
      if (page.disk === disk) {
        page.end();
        this.pages.delete(name);
      }
    return disk.kill(lost);
  }

  private async read(page: Page, what: string): Promise<unknown> {
    const { phone } = page;
    if (what === 'truth') return readTruth(phone);
    if (what === 'pulse') return readMeta(phone, 'pulse');
    return what === 'attention' ? readAttention(phone) : dump(phone);
  }

  private harm(line: Line): null {
    const disk = this.disk(line.disk);
    if (line.do === 'evict') disk.wipe();
    else if (line.do === 'rot') disk.rot(String(line.digest));
    else if (line.do === 'fault')
      disk.failNext(line.name as string | undefined, Number(line.times ?? 1));
    else throw new Error(`unknown line: ${line.do}`);
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

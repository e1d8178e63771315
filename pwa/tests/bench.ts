// One phone against the small server, rebuilt for each test.

import { develop } from '@/foundation/evidence/captured';
import { put } from '@/foundation/outbox/put';
import type { Rows, TableName } from '@/foundation/store/tables';
import { MemoryDisk } from '@/sim/memory';
import { plainVault } from '@/sim/vault';
import { Drive } from '@/sync/drive';
import { Line } from '@/sync/line';
import { pass } from '@/sync/pass';
import { type Kit, phoneOver } from './kit';
import { FakeServer } from './server';

export class Bench {
  disk = new MemoryDisk();
  server = new FakeServer();
  kit!: Kit;
  line!: Line;

  /** A page opens over the same disk, as after a kill. */
  async open(): Promise<this> {
    this.kit = await phoneOver(this.disk.connect(), plainVault);
    this.line = new Line(this.kit.phone, this.server, 1);
    return this;
  }

  /** The same phone, another server. */
  meet(server: FakeServer): void {
    this.server = server;
    this.line = new Line(this.kit.phone, server, 1);
  }

  set = (item: string, value: unknown, id = 'd1') =>
    put(this.kit.phone, { op: 'drawers.set', rec: ['drawer', id], args: { item, value } });

  go = (check = false) => pass(this.line, { lanes: 2, check });

  table = <T extends TableName>(name: T): Promise<Rows[T][]> =>
    this.kit.store.read([name], (tx) => tx.all(name));

  seqs = async (name: 'outbox' | 'sent') => (await this.table(name)).map((row) => row.seq);

  async photograph(text = 'a photo of the drawer') {
    const bytes = new TextEncoder().encode(text);
    const shot = { bytes, type: 'image/jpeg', source: 'camera' as const, geo: null, token: null };
    const captured = await develop(this.kit.phone, { ...shot, ref: 'drawer:d1' }, async () => ({
      width: 4,
      height: 3,
      bytes: new TextEncoder().encode(`small ${text}`),
      type: 'image/jpeg',
    }));
    const { photo } = captured;
    const rec: [string, string] = ['drawer', 'd1'];
    const command = {
      op: 'drawers.attach',
      rec,
      args: { photo },
      blobs: [photo.sha256, photo.thumb!],
    };
    await put(this.kit.phone, command, [captured]);
    return photo;
  }

  drive(): Drive {
    const locks = {
      async tryHold(_: string, work: () => Promise<void>) {
        await work();
        return true;
      },
    };
    return new Drive(this.line, locks, { visible: () => true, lanes: () => 2 });
  }
}

export async function until(met: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 200; tries++) {
    if (await met()) return;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  throw new Error('it did not come to that');
}

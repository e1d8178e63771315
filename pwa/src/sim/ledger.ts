// What the judges see of a disk after every step: states and numbers, no contents. Only tables that
// changed since the last look are told again; the judges keep the rest. Of the small facts only the
// server's life and what troubles the phone are told: the others change at every step.

import type { Pulse } from '@/foundation/store/meta';
import type { Rows, TableName } from '@/foundation/store/tables';
import type { MemoryDisk } from '@/sim/memory';

const SHOWN = {
  meta: ({ key, value }: Rows['meta']) => {
    if (key === 'pulse') return ['problem', (value as Pulse).problem];
    return key === 'epoch' || key === 'device_state' ? [key, value] : [];
  },
  scopes: ({ id, cursor }: Rows['scopes']) => [id, cursor],
  rec: ({ kind, id, rev, members }: Rows['rec']) => [
    kind,
    id,
    rev,
    Object.fromEntries(Object.entries(members).map(([bucket, { ver }]) => [bucket, ver])),
  ],
  local: ({ kind, id }: Rows['local']) => [kind, id],
  outbox: ({ seq, id, op, rec }: Rows['outbox']) => [seq, id, op, rec],
  sent: ({ id, outcome, ver, settled }: Rows['sent']) => [id, outcome, ver, settled],
  blob: ({ id, role, own, state }: Rows['blob']) => [id, role, own, state],
  attention: ({ id, status, code }: Rows['attention']) => [id, status, code],
};

export class Ledger {
  private readonly told = new Map<TableName, number>();

  constructor(private readonly disk: MemoryDisk) {}

  look(): Record<string, unknown[][]> {
    const news: Record<string, unknown[][]> = {};
    for (const [name, show] of Object.entries(SHOWN) as [TableName, (row: never) => unknown[]][]) {
      const count = this.disk.changes.get(name) ?? 0;
      if (this.told.get(name) === count) continue;
      this.told.set(name, count);
      news[name] = [...this.disk.table(name).values()].map(({ row }) => show(row as never));
    }
    return news;
  }
}

// A note typed in forty keystrokes is forty strict commits but one command. Only a row that never
// left the phone may change: a command id with other bytes behind it would be refused. And only
// when nothing later concerns the same record, so that no order is turned round.

import type { Tx } from '@/foundation/ports';
import type { CommandRow } from '@/foundation/store/tables';
import { keyText } from '@/foundation/store/tables';

/** The older row with the newer content, already stored; null when the edit needs a row of its own. */
export async function coalesce(tx: Tx, row: CommandRow): Promise<CommandRow | null> {
  if (row.register === null || row.blobs.length > 0) return null;
  const last = await lastTouching(tx, [...new Set([keyText(row.rec), ...row.touches])]);
  if (!last || last.register !== row.register || last.attempts > 0) return null;
  if (last.actor !== row.actor || last.v !== row.v) return null;
  const merged: CommandRow = { ...row, seq: last.seq, id: last.id };
  tx.put('outbox', merged);
  return merged;
}

async function lastTouching(tx: Tx, keys: string[]): Promise<CommandRow | undefined> {
  let last: CommandRow | undefined;
  for (const only of keys) {
    const [newest] = await tx.all('outbox', {
      index: 'touches',
      only,
      newestFirst: true,
      limit: 1,
    });
    if (newest && (!last || newest.seq > last.seq)) last = newest;
  }
  return last;
}

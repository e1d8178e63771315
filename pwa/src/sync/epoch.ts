// The server was restored from a backup: it has forgotten what came after. This phone has not.
// Everything it ever sent above the server's memory goes into the outbox again, under the numbers
// the server now expects; its photographs are offered again; every scope is fetched anew beside
// the old rows. One transaction, together with the new epoch.

import type { Tx } from '@/foundation/ports';
import { getMeta, setMeta } from '@/foundation/store/meta';
import type { BlobRow, CommandRow, SentRow } from '@/foundation/store/tables';

export async function restoreAfterEpoch(tx: Tx, last_seq: number): Promise<void> {
  await sendAgain(tx, last_seq);
  for (const blob of await tx.all('blob'))
    if (blob.own && (blob.state === 'stored' || blob.state === 'partial'))
      tx.put('blob', offered(blob));
  for (const scope of await tx.all('scopes'))
    tx.put('scopes', {
      ...scope,
      cursor: 0,
      generation: scope.generation + 1,
      caught_up: false,
      rebuilt_at: null,
    });
  setMeta(tx, 'head', 0);
  setMeta(tx, 'durable', 0);
}

/** Also used when the server expects a number that was sent long ago. */
export async function sendAgain(tx: Tx, last_seq: number): Promise<void> {
  for (const row of await tx.all('sent', { from: last_seq + 1 })) {
    tx.remove('sent', row.seq);
    tx.put('outbox', commandOf(row));
    tx.remove('attention', row.id);
  }
  for (const local of await tx.all('local')) tx.put('local', { ...local, stale: true });
}

/** The server is ahead and does not know these commands: they take the numbers it expects. */
export async function moveUp(tx: Tx, expected: number): Promise<void> {
  const rows = await tx.all('outbox');
  const shift = expected - (rows[0]?.seq ?? expected);
  if (shift <= 0) return;
  for (const row of rows) tx.remove('outbox', row.seq);
  for (const row of rows) tx.put('outbox', { ...row, seq: row.seq + shift });
  const sequence = await getMeta(tx, 'sequence');
  setMeta(tx, 'sequence', { ...sequence, next: sequence.next + shift });
}

/** Numbers that this phone no longer holds are filled, so that the order moves on. */
export async function fillHoles(tx: Tx, expected: number, fresh: (seq: number) => CommandRow) {
  const [first] = await tx.all('outbox', { limit: 1 });
  const end = first?.seq ?? (await getMeta(tx, 'sequence')).next;
  for (let seq = expected; seq < end; seq++)
    if (!(await tx.get('outbox', seq))) tx.put('outbox', fresh(seq));
}

/** To be sent from the beginning, as if it had never arrived. */
export const offered = (blob: BlobRow): BlobRow => ({
  ...blob,
  state: 'pending',
  url: null,
  offset: 0,
  stored_at: null,
  stored_ver: null,
});

function commandOf(row: SentRow): CommandRow {
  const { outcome: _o, ver: _v, rev: _r, code: _c, received_at: _t, settled: _s, ...command } = row;
  return { ...command, failures: 0 };
}

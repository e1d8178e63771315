// What may leave the phone, and when. Sent commands and originals stay until the server calls them
// durable, and a fortnight longer as long as there is room; under pressure originals that are
// stored and durable go first, then renditions. Unsent bytes are never a candidate.

import { SENT_KEPT_MS } from '@/foundation/limits';
import type { Phone } from '@/foundation/phone';
import type { Tx } from '@/foundation/ports';
import { roomLeft } from '@/foundation/room';
import { getMeta } from '@/foundation/store/meta';
import type { BlobRow, TableName } from '@/foundation/store/tables';
import { makeRoom } from '@/sync/downloads';

const TABLES: TableName[] = ['sent', 'outbox', 'blob', 'bytes', 'attention', 'meta'];

export async function tidy(phone: Phone): Promise<void> {
  const { pressure } = await roomLeft(phone);
  const pressed = pressure === 'prune' || pressure === 'small';
  await phone.store.write(TABLES, (tx) => prune(tx, phone.now(), pressed), 'relaxed');
  if (pressed) await makeRoom(phone, 0);
}

async function prune(tx: Tx, now: number, pressed: boolean): Promise<void> {
  const durable = await getMeta(tx, 'durable');
  const trays = new Set((await tx.all('attention')).map((row) => row.seq));
  const needed = new Set((await tx.all('outbox')).flatMap((row) => row.blobs));
  for (const row of await tx.all('sent')) {
    const safe = row.settled === 1 && row.ver !== null && row.ver <= durable;
    const old = now - row.received_at > SENT_KEPT_MS;
    if (!safe || trays.has(row.seq)) for (const digest of row.blobs) needed.add(digest);
    else if (old) tx.remove('sent', row.seq);
  }
  for (const blob of await tx.all('blob', { index: 'state', only: 'stored' }))
    if (isCopied(blob, durable) && isSpare(blob, needed, now, pressed)) dropBytes(tx, blob);
}

/** A photograph may arrive long after the command that names it: its own arrival must be durable,
 * or a backup made in between brings back a server that asks for bytes nobody has. */
const isCopied = ({ stored_ver }: BlobRow, durable: number): boolean =>
  stored_ver !== null && stored_ver <= durable;

function isSpare(blob: BlobRow, needed: Set<string>, now: number, pressed: boolean): boolean {
  if (blob.role !== 'original' || !blob.own || needed.has(blob.id)) return false;
  return pressed || now - (blob.stored_at ?? now) > SENT_KEPT_MS;
}

/** The thumbnail stays. */
function dropBytes(tx: Tx, blob: BlobRow): void {
  tx.remove('bytes', blob.id);
  tx.put('blob', { ...blob, state: 'pruned' });
}

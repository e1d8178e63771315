// Which photographs the server lacks: asked by digest, two hundred at a time.

import { NEED_DIGESTS_MAX } from '@/foundation/limits';
import type { Phone } from '@/foundation/phone';
import type { Tx } from '@/foundation/ports';
import type { AttentionRow, BlobRow, Body } from '@/foundation/store/tables';
import { applyUnwanted, ERASED_TABLES, UNWANTED } from '@/sync/erasures';
import type { Line } from '@/sync/line';

type NeedAnswer = Body & {
  have: string[];
  need: string[];
  partial: [digest: string, url: string, offset: number][];
  refused: [digest: string, code: string][];
};

/** Own photographs that the server may lack, in the order in which they should go. */
export async function unsentBlobs(phone: Phone): Promise<BlobRow[]> {
  const rows = await phone.store.read(['blob'], async (tx) =>
    Promise.all([
      tx.all('blob', { index: 'state', only: 'pending' }),
      tx.all('blob', { index: 'state', only: 'partial' }),
    ]),
  );
  return inOrder(rows.flat().filter((row) => row.own));
}

/** Asks about all of them; answers those that still have to go. `again`: they were held for stored, and
 * what the server turns out to lack goes once more. */
export async function askNeed(
  line: Line,
  blobs: BlobRow[],
  { again = false } = {},
): Promise<BlobRow[]> {
  for (let start = 0; start < blobs.length; start += NEED_DIGESTS_MAX) {
    const part = blobs.slice(start, start + NEED_DIGESTS_MAX);
    const { said } = await line.ask<NeedAnswer>('/v1/blobs/need', {
      blobs: part.map(({ id, size, type }) => [id, size, type]),
    });
    await line.phone.store.write(
      ERASED_TABLES,
      (tx) => learn(tx, said, line.phone.now(), again),
      'relaxed',
    );
  }
  return unsentBlobs(line.phone);
}

async function learn(tx: Tx, said: NeedAnswer, now: number, again: boolean): Promise<void> {
  const change = async (id: string, next: Partial<BlobRow>) => {
    const blob = await tx.get('blob', id);
    if (blob?.own) tx.put('blob', { ...blob, ...next });
  };
  for (const id of said.have ?? []) await change(id, { state: 'stored', stored_at: now });
  if (again)
    for (const id of said.need ?? []) await change(id, { state: 'pending', url: null, offset: 0 });
  for (const [id, url, offset] of said.partial ?? [])
    await change(id, { state: 'partial', url, offset });
  for (const [id, reason] of said.refused ?? []) {
    if (reason === UNWANTED) {
      await applyUnwanted(tx, id, now);
      continue;
    }
    await change(id, { state: 'refused', reason });
    tx.put('attention', refusedBlob(id, reason, now));
  }
}

export function refusedBlob(id: string, code: string, at: number): AttentionRow {
  const nothing = { seq: null, op: null, rec: null, facts: null, cls: 'needs_person' };
  const status = code === 'damaged' ? 'damaged' : 'blob_refused';
  return { id: `blob:${id}`, at, status, code, seen: false, ...nothing };
}

/** Thumbnails first, then originals, oldest record first: records complete one after another
 * instead of all being half there. */
function inOrder(rows: BlobRow[]): BlobRow[] {
  const began = new Map<string, number>();
  for (const row of rows)
    for (const ref of row.refs) began.set(ref, Math.min(row.at, began.get(ref) ?? row.at));
  const startOf = (row: BlobRow) => Math.min(...row.refs.map((ref) => began.get(ref)!), row.at);
  const rank = (row: BlobRow) => (row.role === 'thumb' ? 0 : 1);
  return rows.sort(
    (a, b) => rank(a) - rank(b) || startOf(a) - startOf(b) || a.at - b.at || (a.id < b.id ? -1 : 1),
  );
}

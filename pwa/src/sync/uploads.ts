// Sends what the phone has photographed. Text goes first, always: between two photographs the
// outbox is pushed, so that no answer waits behind a gigabyte. The bytes are hashed again before
// they leave; what a medium has spoilt is kept, named, and shown to the person.

import type { Phone } from '@/foundation/phone';
import { note } from '@/foundation/store/log';
import type { BlobRow } from '@/foundation/store/tables';
import { applyUnwanted, ERASED_TABLES, UNWANTED } from '@/sync/erasures';
import { type Line, Refused } from '@/sync/line';
import { askNeed, refusedBlob, unsentBlobs } from '@/sync/need';
import { type Transfer, transfer } from '@/sync/tus';

const MISMATCHES_MAX = 3;
const HOPELESS = new Set([400, 413, 415, 422]);

/** How many files reached the server. `textFirst` is called before each. */
export async function uploadAll(
  line: Line,
  lanes: number,
  textFirst: () => Promise<unknown>,
): Promise<number> {
  const waiting = await unsentBlobs(line.phone);
  if (waiting.length === 0) return 0;
  const queue = isToldToSend(line, waiting) ? waiting : await askNeed(line, waiting);
  let sent = 0;
  let failure: unknown = null;
  const lane = async () => {
    for (let blob = queue.shift(); blob && failure === null; blob = queue.shift()) {
      try {
        await textFirst();
        if (await upload(line, blob)) sent++;
      } catch (error) {
        failure ??= error;
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(lanes, queue.length) }, lane));
  if (failure !== null) throw failure;
  return sent;
}

/** On a slow line a question less is seconds: the push answer has just named all of them. */
const isToldToSend = (line: Line, waiting: BlobRow[]): boolean =>
  waiting.every(({ id, state }) => state === 'pending' && line.wanted.has(id));

async function upload(line: Line, blob: BlobRow): Promise<boolean> {
  const { phone } = line;
  const bytes = await sound(phone, blob);
  if (!bytes) return false;
  const { id, type, url, offset } = blob;
  const file: Transfer = { digest: id, type, bytes, url, offset };
  try {
    await transfer(line, file, (now) => progress(phone, now));
  } catch (error) {
    if (error instanceof Refused && error.code === UNWANTED) {
      await phone.store.write(ERASED_TABLES, (tx) => applyUnwanted(tx, id, phone.now()));
      return false;
    }
    if (!(error instanceof Refused) || !HOPELESS.has(error.status)) throw error;
    await mismatch(phone, blob, error);
    return false;
  }
  await change(phone, id, {
    state: 'stored',
    stored_at: phone.now(),
    offset: bytes.length,
    url: null,
  });
  return true;
}

/** The bytes, if they are still what was photographed. */
async function sound(phone: Phone, blob: BlobRow): Promise<Uint8Array | null> {
  const table = blob.role === 'thumb' ? 'thumb' : 'bytes';
  const row = await phone.store.read([table], (tx) => tx.get(table, blob.id));
  const bytes = row && (await phone.ports.vault.open(row.sealed).catch(() => null));
  if (bytes && (await phone.ports.vault.sha256(bytes)) === blob.id) return bytes;
  await note(phone, 'blob_damaged', { digest: blob.id });
  await park(phone, blob.id, 'damaged', 'damaged');
  return null;
}

/** The server found other bytes than the digest promised, or will not have them. Ours were found
 * sound before sending, so a garbled line is tried again before a person is asked. */
async function mismatch(phone: Phone, blob: BlobRow, error: Refused): Promise<void> {
  const failures = blob.failures + 1;
  const code = error.code ?? `http_${error.status}`;
  if (error.status === 422 && failures < MISMATCHES_MAX)
    await change(phone, blob.id, { state: 'pending', url: null, offset: 0, failures });
  else await park(phone, blob.id, 'refused', code);
}

async function park(phone: Phone, id: string, state: 'refused' | 'damaged', reason: string) {
  await phone.store.write(['blob', 'attention'], async (tx) => {
    const blob = await tx.get('blob', id);
    if (blob) tx.put('blob', { ...blob, state, reason });
    tx.put('attention', refusedBlob(id, reason, phone.now()));
  });
}

const progress = (phone: Phone, { digest, url, offset }: Transfer): Promise<void> =>
  change(phone, digest, { state: 'partial', url, offset });

async function change(phone: Phone, id: string, next: Partial<BlobRow>): Promise<void> {
  await phone.store.write(
    ['blob'],
    async (tx) => {
      const blob = await tx.get('blob', id);
      if (blob) tx.put('blob', { ...blob, ...next });
    },
    'relaxed',
  );
}

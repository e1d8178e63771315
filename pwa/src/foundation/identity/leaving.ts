// What a person leaves behind on a device when they sign out.
//
// Promise: a database goes only when nothing in it is the last copy. That is more than what is
// unsent: a server that is restored from its last backup asks again for what came after it, and
// words that the server never took lie only in the attention tray.

import type { Store, Tx } from '@/foundation/ports';
import { getMeta } from '@/foundation/store/meta';
import type { BlobRow } from '@/foundation/store/tables';

/** Commands and own photographs that the server does not have. */
export const unsentIn = (store: Store): Promise<number> =>
  store.read(['outbox', 'blob'], async (tx) => {
    const blobs = await tx.all('blob');
    return (await tx.count('outbox')) + blobs.filter(isUnsent).length;
  });

/** Whether something here has no second copy that outlives the server's disk. */
export const isLastCopy = (store: Store): Promise<boolean> =>
  store.read(['outbox', 'sent', 'blob', 'attention', 'meta'], async (tx) => {
    if ((await tx.count('outbox')) > 0) return true;
    return (await isAheadOfBackup(tx)) || (await isInTrayOnly(tx));
  });

const isUnsent = ({ own, state }: BlobRow): boolean =>
  own && state !== 'stored' && state !== 'pruned';

async function isAheadOfBackup(tx: Tx): Promise<boolean> {
  const durable = await getMeta(tx, 'durable');
  const isAhead = (blob: BlobRow): boolean =>
    isUnsent(blob) ||
    (blob.own &&
      blob.state === 'stored' &&
      (blob.stored_ver === null || blob.stored_ver > durable));
  if ((await tx.all('blob')).some(isAhead)) return true;
  return (await tx.all('sent')).some(({ ver }) => ver !== null && ver > durable);
}

const isInTrayOnly = async (tx: Tx): Promise<boolean> => (await inTrayOnly(tx)) > 0;

/** Commands that not even the escrow took, and those whose number another one had used: a refusal
 * without a version left no copy on the server. */
async function inTrayOnly(tx: Tx): Promise<number> {
  let found = 0;
  for (const { op, seq } of await tx.all('attention')) {
    if (op === null) continue;
    if (seq === null || (await tx.get('sent', seq))?.ver === null) found++;
  }
  return found;
}

/** What the server has answered for and does not have, over outbox, sent, blob and attention. */
export async function refusedIn(tx: Tx): Promise<{ commands: number; photos: number }> {
  const blobs = await tx.all('blob');
  const photos = blobs.filter(
    ({ own, role, state }) =>
      own && role === 'original' && (state === 'refused' || state === 'damaged'),
  );
  return { commands: await inTrayOnly(tx), photos: photos.length };
}

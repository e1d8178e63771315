// A device that was cut off (SYNC.md 3.6). The order comes with any answer of the server and lies in
// `meta` from then on, so that a kill cuts nothing short.
//
// Promises: `wipe_now` erases as soon as it is heard, sent or not. `wipe_after_push` erases only when
// the server has answered for everything: the outbox is empty, a greeting has named the last number,
// and every own photograph that still lies here was asked about once more by its digest. In the
// transaction that finds it so the database stops being this device's: an edit made a moment later is
// refused visibly instead of dying with it. What the server would not take (a refused photograph, words
// that not even the escrow took) holds the order up until a person has agreed, because it lies nowhere
// else. Not handled: a phone that never calls home, a copy of the browser's files, and what the medium
// keeps of deleted blocks; there it lies sealed.

import { refusedIn } from '@/foundation/identity/leaving';
import type { Tx } from '@/foundation/ports';
import { note } from '@/foundation/store/log';
import { getMeta, setMeta } from '@/foundation/store/meta';
import type { BlobRow, TableName } from '@/foundation/store/tables';
import { hello } from '@/sync/hello';
import type { Line } from '@/sync/line';
import { askNeed } from '@/sync/need';

/** The database of this person is gone: nothing of this line may touch it again. */
export class Wiped extends Error {
  override name = 'Wiped';
}

/** Throws Wiped once everything is erased. Returns while there is no order or something is in its way. */
export async function obey(line: Line): Promise<void> {
  const state = await line.phone.store.read(['meta'], (tx) => getMeta(tx, 'device_state'));
  if (state === 'wipe_now') return erase(line);
  if (state !== 'wipe_after_push' || !(await isHandedOver(line))) return;
  if (await isConfirmed(line)) return erase(line);
}

const TABLES: TableName[] = ['outbox', 'sent', 'blob', 'attention', 'meta'];

const isHandedOver = (line: Line): Promise<boolean> => line.phone.store.read(TABLES, isEmpty);

/** Nothing waits, and whatever the server refused somebody has agreed to lose. */
async function isEmpty(tx: Tx): Promise<boolean> {
  if ((await tx.count('outbox')) > 0 || (await tx.all('blob')).some(isOnItsWay)) return false;
  if (await getMeta(tx, 'wipe_agreed')) return true;
  const { commands, photos } = await refusedIn(tx);
  return commands + photos === 0;
}

const isOnItsWay = ({ own, state }: BlobRow): boolean =>
  own && (state === 'pending' || state === 'partial');

/** By count and by digest, with the server as it is now. */
async function isConfirmed(line: Line): Promise<boolean> {
  const { phone } = line;
  const { last_seq } = await hello(line);
  const stored = await phone.store.read(['blob'], async (tx) =>
    (await tx.all('blob', { index: 'state', only: 'stored' })).filter(({ own }) => own),
  );
  if ((await askNeed(line, stored, { again: true })).length > 0) return false;
  const counted = await phone.store.write(TABLES, async (tx) => {
    const { next } = await getMeta(tx, 'sequence');
    const state = await getMeta(tx, 'device_state');
    if (state !== 'wipe_after_push' || !(await isEmpty(tx))) return null;
    if (last_seq >= next - 1) setMeta(tx, 'device', null);
    return { known: last_seq, given: next - 1 };
  });
  if (counted && counted.known < counted.given) await note(phone, 'wipe_count_differs', counted);
  return counted !== null && counted.known >= counted.given;
}

async function erase(line: Line): Promise<never> {
  await line.onWipe();
  throw new Wiped();
}

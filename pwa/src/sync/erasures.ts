// What was erased on the server goes from this phone.
//
// The server tells of it by a record of kind `erasure`; a command that came too late is told by its
// verdict, a photograph by the answer to its upload. Promises: the record, its preview, what was
// sent of it and what was refused go in the transaction in which this phone hears of it; so do the
// bytes, unless another living record shows them. Commands of it that have not left stay until the
// server has answered them: only then is it certain that nobody has them. Whatever a person had
// added and nobody kept is said in one line without content. Not handled: a copy of this database.

import type { Phone } from '@/foundation/phone';
import type { Tx } from '@/foundation/ports';
import { readKind } from '@/foundation/reading';
import type { AttentionRow, BlobRow, CommandRow, Key, TableName } from '@/foundation/store/tables';
import { keyOf, keyText } from '@/foundation/store/tables';

export const ERASURE = 'erasure';
/** What the server answers about bytes that nobody wants any more. */
export const UNWANTED = 'blob_erased';

/** Every table from which something may go. */
export const ERASED_TABLES: TableName[] = [
  'rec',
  'local',
  'outbox',
  'sent',
  'blob',
  'bytes',
  'thumb',
  'attention',
];

export type Erasure = { of: Key; within: Key | null; digests: string[]; cause: string };

/** What living photographs on this phone show, read before the transaction: bodies are sealed. */
export type Shown = { digest: string; photo: string; parent: string }[];

export const erasureId = ([kind, id]: Key): string => `${kind}.${id}`;

type PhotoBody = { sha256: string; thumb?: string | null; parent: Key; state: string };

export async function shownOn(phone: Phone): Promise<Shown> {
  const photos = await readKind<PhotoBody>(phone, 'photo');
  return photos.flatMap(({ id, body: { sha256, thumb, parent, state } }) => {
    const digests = state === 'sealed' ? [] : thumb ? [sha256, thumb] : [sha256];
    return digests.map((digest) => ({ digest, photo: id, parent: keyText(parent) }));
  });
}

/** Of photographs that this answer erases nothing is shown any more, whichever of them comes first. */
export function withoutErased(shown: Shown, erasures: Erasure[]): Shown {
  const gone = new Set(erasures.filter(({ of }) => of[0] === 'photo').map(({ of }) => of[1]));
  return shown.filter(({ photo }) => !gone.has(photo));
}

/** Whether this phone has heard that a record of this command is erased, by another command. */
export async function isOfErased(tx: Tx, { id, touches }: CommandRow): Promise<boolean> {
  for (const text of touches) {
    const told = await tx.get('rec', [ERASURE, erasureId(keyOf(text))]);
    if (told && !('clear' in told.body && told.body.clear.cause === id)) return true;
  }
  return false;
}

export const knowsErasures = (phone: Phone): Promise<boolean> =>
  phone.store.read(
    ['rec'],
    async (tx) => (await tx.count('rec', { from: [ERASURE], to: [ERASURE, []] })) > 0,
  );

/** Over ERASED_TABLES. */
export async function applyErasure(
  tx: Tx,
  { of, within, digests, cause }: Erasure,
  shown: Shown,
  now: number,
): Promise<void> {
  const text = keyText(of);
  tx.remove('rec', of);
  tx.remove('local', of);
  let lost = await forgetRefusals(tx, of);
  // What erased it stays: a server restored from before must hear it again.
  for (const row of await tx.all('sent', { index: 'touches', only: text }))
    if (row.id !== cause) tx.remove('sent', row.seq);
  const refs = within ? [text, keyText(within)] : [text];
  for (const blob of await tx.all('blob')) {
    const named = digests.includes(originalOf(blob.id));
    if (!named && !blob.refs.includes(text)) continue;
    if (await letGo(tx, blob, named ? refs : [text], shown)) lost ||= isUnsent(blob);
  }
  if (lost) sayErased(tx, of, now);
}

/** A command came too late: its bytes go, and everything else of the record. It has left already. */
export async function applyLate(tx: Tx, row: CommandRow, of: Key, shown: Shown, now: number) {
  const others = shown.filter(({ photo }) => !row.touches.includes(`photo:${photo}`));
  const late: Erasure = { of, within: null, digests: [], cause: '' };
  await applyErasure(tx, late, others, now);
  await forgetBytes(tx, row, shown);
  sayErased(tx, of, now);
}

/** What this command of an erased record had brought along. */
export async function forgetBytes(tx: Tx, row: CommandRow, shown: Shown): Promise<void> {
  const others = shown.filter(({ photo }) => !row.touches.includes(`photo:${photo}`));
  const refs = [keyText(row.rec), ...row.touches];
  for (const digest of row.blobs) {
    const blob = await tx.get('blob', digest);
    if (blob) await letGo(tx, blob, refs, others);
  }
}

/** Nobody is served a sealed photograph: what this phone could fetch again, or has handed over, goes. */
export async function applySealed(tx: Tx, digests: string[], shown: Shown): Promise<void> {
  const showing = new Set(shown.map(({ digest }) => digest));
  const sealed = new Set(digests.filter((digest) => !showing.has(digest)));
  for (const blob of await tx.all('blob'))
    if (sealed.has(originalOf(blob.id)) && !isUnsent(blob)) dropBytes(tx, blob);
}

/** Bytes that the server does not want any more. */
export async function applyUnwanted(tx: Tx, digest: string, now: number): Promise<void> {
  const blob = await tx.get('blob', digest);
  if (!blob || (await isWaiting(tx, digest))) return;
  dropBytes(tx, blob);
  sayErased(tx, keyOf(blob.refs[0] ?? `photo:${digest}`), now);
}

/** Takes these references away, and the bytes with the last one. True when the bytes went. */
async function letGo(tx: Tx, blob: BlobRow, refs: string[], shown: Shown): Promise<boolean> {
  const digest = originalOf(blob.id);
  const showing = shown.filter((one) => one.digest === digest);
  const parents = new Set(showing.map(({ parent }) => parent));
  const left = blob.refs.filter((ref) => !refs.includes(ref) || parents.has(ref));
  if (showing.length > 0 || left.length > 0 || (await isWaiting(tx, digest))) {
    if (left.length !== blob.refs.length) tx.put('blob', { ...blob, refs: left });
    return false;
  }
  dropBytes(tx, blob);
  return true;
}

/** Whether an unsent command names it: the server has not answered for it. */
const isWaiting = async (tx: Tx, digest: string): Promise<boolean> =>
  (await tx.all('outbox')).some(({ blobs }) => blobs.includes(digest));

function dropBytes(tx: Tx, { id }: BlobRow): void {
  tx.remove('blob', id);
  tx.remove('bytes', id);
  tx.remove('thumb', id);
  tx.remove('attention', `blob:${id}`);
}

/** What was refused of it waits for nobody any more. True when somebody was to deal with it. */
async function forgetRefusals(tx: Tx, of: Key): Promise<boolean> {
  let open = false;
  for (const row of await tx.all('attention')) {
    if (!row.rec || keyText(row.rec) !== keyText(of)) continue;
    tx.remove('attention', row.id);
    open ||= row.status !== 'merged';
  }
  return open;
}

/** One line for each record, without a word of it. */
export function sayErased(tx: Tx, of: Key, at: number): void {
  const nothing = { seq: null, op: null, rec: null, facts: null, cls: 'final' };
  const line: AttentionRow = {
    id: `erased:${keyText(of)}`,
    at,
    status: 'rejected',
    code: 'record_erased',
    seen: false,
    ...nothing,
  };
  tx.put('attention', line);
}

/** A rendition is called by its original's digest and its size. */
const originalOf = (id: string): string => id.split('@')[0]!;

const isUnsent = ({ own, state }: BlobRow): boolean =>
  own && state !== 'stored' && state !== 'pruned';

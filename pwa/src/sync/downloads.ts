// Fetches the pictures that open work will want when the signal is gone: reference pictures,
// before pictures, what an approver compares. Renditions, not originals; a login page is no picture.

import { rendition } from '@/foundation/evidence/photos';
import { RENDITIONS_BYTES_MAX } from '@/foundation/limits';
import type { Phone } from '@/foundation/phone';
import { readKind } from '@/foundation/reading';
import type { BlobRow } from '@/foundation/store/tables';
import { type Line, Refused } from '@/sync/line';

const EACH_PASS_MAX = 60;
const WAIT_FIRST_MS = 60_000;
const FAILURES_MAX = 8;

export async function downloadAll(line: Line): Promise<void> {
  const { phone } = line;
  await wish(phone);
  const wanted = await phone.store.read(['blob'], (tx) =>
    tx.all('blob', { index: 'state', only: 'wanted' }),
  );
  const due = wanted.filter((blob) => isDue(blob, phone.now())).sort((a, b) => a.at - b.at);
  for (const blob of due.slice(0, EACH_PASS_MAX)) await download(line, blob);
  await makeRoom(phone);
}

/** Rows for what the features' records ask for; those that lie here already stay as they are. */
async function wish(phone: Phone): Promise<void> {
  const ids = new Set<string>();
  for (const [kind, wants] of phone.catalogue.downloads)
    for (const row of await readKind(phone, kind))
      for (const ask of wants)
        for (const { sha256, size } of ask(row.body, phone.person.id)) ids.add(`${sha256}@${size}`);
  if (ids.size === 0) return;
  const at = phone.now();
  await phone.store.write(
    ['blob', 'bytes'],
    async (tx) => {
      for (const id of ids) {
        const original = id.slice(0, id.indexOf('@'));
        const here = (await tx.get('blob', id)) ?? (await tx.get('bytes', original));
        if (!here) tx.put('blob', rendition(id, at));
      }
    },
    'relaxed',
  );
}

function isDue(blob: BlobRow, now: number): boolean {
  if (blob.failures === 0) return true;
  if (blob.failures >= FAILURES_MAX) return false;
  return now - blob.used_at >= WAIT_FIRST_MS * 2 ** blob.failures;
}

async function download(line: Line, blob: BlobRow): Promise<void> {
  const { phone } = line;
  const [digest, size] = blob.id.split('@');
  try {
    const path = `/v1/blobs/${digest}?size=${size}`;
    const answer = await line.send({ method: 'GET', path, headers: {} });
    const type = answer.header('Content-Type') ?? '';
    if (!type.startsWith('image/') || answer.bytes.length === 0) return await later(phone, blob);
    const sealed = await phone.ports.vault.seal(answer.bytes);
    await phone.store.write(
      ['blob', 'bytes'],
      async (tx) => {
        tx.put('bytes', { id: blob.id, sealed });
        tx.put('blob', { ...blob, state: 'held', size: answer.bytes.length, type, failures: 0 });
      },
      'relaxed',
    );
  } catch (error) {
    if (!(error instanceof Refused) || error.isPassing || error.status >= 500) throw error;
    if (error.status === 401) throw error;
    await later(phone, blob);
  }
}

/** Not there yet, or not for us: asked again, ever more rarely. */
async function later(phone: Phone, blob: BlobRow): Promise<void> {
  const next = { ...blob, failures: blob.failures + 1, used_at: phone.now() };
  await phone.store.write(['blob'], async (tx) => tx.put('blob', next), 'relaxed');
}

/** The least recently used go first. Nothing of our own is ever here. */
export async function makeRoom(phone: Phone, bytes_max = RENDITIONS_BYTES_MAX): Promise<void> {
  const held = await phone.store.read(['blob'], (tx) =>
    tx.all('blob', { index: 'state', only: 'held' }),
  );
  let total = held.reduce((sum, blob) => sum + blob.size, 0);
  if (total <= bytes_max) return;
  const oldest = held.sort((a, b) => a.used_at - b.used_at);
  await phone.store.write(
    ['blob', 'bytes'],
    async (tx) => {
      for (const blob of oldest) {
        if (total <= bytes_max) return;
        total -= blob.size;
        tx.remove('bytes', blob.id);
        tx.remove('blob', blob.id);
      }
    },
    'relaxed',
  );
}

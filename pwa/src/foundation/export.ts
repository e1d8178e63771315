// The outbox as a sealed file: everything of this person that has not left the phone.
//
// Frame 0 is JSON {device, person, made_at, commands, blobs: [[digest, size, type]…]}; each later
// frame is one photograph's bytes, in the order of `blobs`. How it is sealed: sealed.ts.

import { utf8 } from '@/foundation/ids';
import type { Phone } from '@/foundation/phone';
import { SealedFile } from '@/foundation/sealed';
import { reveal } from '@/foundation/store/keep';
import { readMeta } from '@/foundation/store/meta';
import type { BlobRow, CommandRow } from '@/foundation/store/tables';

/** Null when this phone has never heard the server's key. */
export async function exportOutbox(phone: Phone): Promise<Blob | null> {
  const key = await readMeta(phone, 'seal_key');
  if (!key) return null;
  const { commands, blobs } = await phone.store.read(['outbox', 'blob'], async (tx) => ({
    commands: await tx.all('outbox'),
    blobs: (await tx.all('blob')).filter(isUnsent),
  }));
  const file = await SealedFile.to(key);
  const first = utf8(JSON.stringify(await contents(phone, commands, blobs)));
  const parts: BlobPart[] = [file.header, await file.frame(first, blobs.length === 0)];
  for (const [place, blob] of blobs.entries()) {
    const bytes = await bytesOf(phone, blob);
    parts.push(await file.frame(bytes, place === blobs.length - 1));
  }
  return new Blob(parts, { type: 'application/octet-stream' });
}

const isUnsent = (blob: BlobRow): boolean =>
  blob.own && blob.state !== 'stored' && blob.state !== 'pruned';

async function contents(phone: Phone, commands: CommandRow[], blobs: BlobRow[]) {
  const { vault } = phone.ports;
  return {
    device: phone.device,
    person: phone.person.id,
    made_at: phone.moment(),
    commands: await Promise.all(
      commands.map(async (row) => ({ ...row, args: await reveal(vault, row.args) })),
    ),
    blobs: blobs.map((blob) => [blob.id, blob.size, blob.type]),
  };
}

async function bytesOf(phone: Phone, blob: BlobRow): Promise<Uint8Array> {
  const table = blob.role === 'thumb' ? 'thumb' : 'bytes';
  const row = await phone.store.read([table], (tx) => tx.get(table, blob.id));
  return row ? phone.ports.vault.open(row.sealed) : new Uint8Array();
}

// The truth line in numbers: what only this device holds, what the server has but has not yet
// verified, and since when nothing is open. It never claims more than the phone has been told:
// "verified" needs an empty outbox, every own photograph accepted, every record of this person
// verified, and a whole pass in which the server answered everything.

import type { Live } from '@/foundation/live';
import { live } from '@/foundation/live';
import type { Phone } from '@/foundation/phone';
import { readKind } from '@/foundation/reading';
import { getMeta } from '@/foundation/store/meta';
import type { BlobRow, CommandRow } from '@/foundation/store/tables';

export type Truth = {
  state: 'device' | 'received' | 'verified';
  device: {
    records: number;
    commands: number;
    photos: number;
    bytes: number;
    oldest: number | null;
  };
  received: { records: number; photos: number };
  verified: { at: number | null };
};

export const truth = (): Live<Truth> =>
  live({ tables: ['outbox', 'sent', 'blob', 'rec', 'local', 'meta'] }, readTruth);

export async function readTruth(phone: Phone): Promise<Truth> {
  const seen = await phone.store.read(['outbox', 'blob', 'sent', 'meta'], async (tx) => ({
    outbox: await tx.all('outbox'),
    blobs: await tx.all('blob'),
    unsettled: await tx.count('sent', { index: 'settled', only: 0 }),
    pulse: await getMeta(tx, 'pulse'),
  }));
  const own = seen.blobs.filter((blob) => blob.own && blob.role === 'original');
  const device = onDevice(seen.outbox, own);
  const received = await waiting(phone, own);
  const open = received.records + received.photos + seen.unsettled;
  const at = seen.pulse.last_complete_at;
  const held = device.commands > 0 || device.photos > 0;
  const state = held ? 'device' : open > 0 || at === null ? 'received' : 'verified';
  return { state, device, received, verified: { at: state === 'verified' ? at : null } };
}

const HELD = new Set(['pending', 'partial', 'refused', 'damaged']);

function onDevice(outbox: CommandRow[], own: BlobRow[]): Truth['device'] {
  const photos = own.filter((blob) => HELD.has(blob.state));
  const moments = [...outbox.map((row) => Date.parse(row.at)), ...photos.map((blob) => blob.at)];
  return {
    records: new Set(outbox.map((row) => row.rec.join(':'))).size,
    commands: outbox.length,
    photos: photos.length,
    bytes: photos.reduce((sum, blob) => sum + blob.size, 0),
    oldest: moments.length > 0 ? moments.reduce((a, b) => Math.min(a, b)) : null,
  };
}

async function waiting(phone: Phone, own: BlobRow[]): Promise<Truth['received']> {
  let records = 0;
  for (const [kind, standing] of phone.catalogue.standings)
    for (const row of await readKind(phone, kind))
      if (standing(row.body, phone.person.id) === 'received') records++;
  const sent = new Set(own.filter((blob) => blob.state === 'stored').map((blob) => blob.id));
  if (sent.size === 0) return { records, photos: 0 };
  const photos = (await readKind<{ sha256: string; state: string }>(phone, 'photo')).filter(
    ({ body }) => sent.has(body.sha256) && (body.state === 'awaited' || body.state === 'stored'),
  );
  return { records, photos: photos.length };
}

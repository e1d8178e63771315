// Everything that needs this person: refused and conflicting commands, and own photographs the server
// refused, each with the record and the very place it is about.
import { type Attention, readAttention } from '@/foundation/attention';
import { type Live, live } from '@/foundation/live';
import type { Phone } from '@/foundation/phone';
import { readKind, readOne } from '@/foundation/reading';
import type { Body, Key } from '@/foundation/store/tables';
import type { Mending, Spot } from '@/parts/contribution';
import type { PhotoBody } from '@/parts/photo';
import { wordsReady } from '@/parts/words.svelte';
import { contributions, wholeOf } from './contributions';

export interface Need extends Omit<Attention, 'rec'> {
  rec: Key | null;
  body: Body | null;
  spot: Spot | null;
  mending: Mending | null;
}

type PhotoRow = { id: string; body: PhotoBody };

export const needs = (): Live<Need[]> =>
  live({ tables: ['attention', 'rec', 'local', 'blob'] }, readNeeds);

async function readNeeds(phone: Phone): Promise<Need[]> {
  const [tray, photos] = await Promise.all([
    readAttention(phone),
    readKind<PhotoBody>(phone, 'photo'),
  ]);
  const told = tray.filter((item) => item.status !== 'merged' || !item.seen);
  const known = new Set(told.map((item) => item.id));
  const refused = photos.filter(
    ({ body }) =>
      body.state === 'refused' && body.by === phone.person.id && !known.has(`blob:${body.sha256}`),
  );
  const placed = await Promise.all([
    ...told.map((item) => place(phone, item, photoOf(item, photos))),
    ...refused.map((photo) => place(phone, asTold(photo), photo)),
  ]);
  await wordsReady();
  // A photograph that can no longer be replaced is told by its notice, and asks for nothing.
  return placed.filter((need) => known.has(need.id) || need.spot !== null);
}

const photoOf = (item: Attention, photos: PhotoRow[]): PhotoRow | undefined =>
  photos.find(({ body }) => item.id === `blob:${body.sha256}` || item.id === `blob:${body.thumb}`);

const asTold = ({ body }: PhotoRow): Attention => ({
  id: `blob:${body.sha256}`,
  seq: null,
  at: Date.parse(body.taken_at),
  status: 'blob_refused',
  op: null,
  rec: null,
  code: body.reason ?? 'refused',
  cls: null,
  facts: {},
  seen: false,
  asked: null,
  base: null,
});

async function place(phone: Phone, item: Attention, photo?: PhotoRow): Promise<Need> {
  const found = item.rec ?? photo?.body.parent ?? null;
  const rec: Key | null = found && wholeOf(found);
  if (!rec) return { ...item, rec, body: null, spot: null, mending: null };
  const mending = await mendingOf(rec[0]);
  const asked = photo
    ? { photo: photo.id, item: photo.body.item, finding: photo.body.finding }
    : (item.asked ?? {});
  const body = (await readOne(phone, rec))?.body ?? null;
  const spot = (await mending?.spot(phone, rec, asked)) ?? null;
  return { ...item, rec, body, spot, mending };
}

async function mendingOf(kind: string): Promise<Mending | null> {
  const feature = contributions.find(({ records }) => kind in records);
  return (await feature?.mending?.())?.mending ?? null;
}

// Photographs as screens see them: where the bytes are, how far they have come, and the picture.

import type { Live } from '@/foundation/live';
import { live } from '@/foundation/live';
import { phone as currentPhone, type Phone } from '@/foundation/phone';
import type { Sealed } from '@/foundation/ports';
import type { BlobRow, BlobState } from '@/foundation/store/tables';

export type PhotoState = {
  state: BlobState;
  /** 0 to 100, and only when bytes have moved. */
  percent: number;
  own: boolean;
  reason: string | null;
};

export const photoState = (sha256: string): Live<PhotoState | null> =>
  live({ tables: ['blob'] }, async (phone) =>
    stateOf(await phone.store.read(['blob'], (tx) => tx.get('blob', sha256))),
  );

/** States of all photographs of this device by digest: one query for a whole sheet. */
export const photoStates = (): Live<Map<string, PhotoState>> =>
  live({ tables: ['blob'] }, async (phone) => {
    const rows = await phone.store.read(['blob'], (tx) => tx.all('blob'));
    return new Map(rows.map((row) => [row.id, stateOf(row)!]));
  });

export type PictureSize = 'thumb' | 320 | 1280 | 'original';

/** The best picture on this phone that is at least so large, or the next best, or null. A missing
 * or smaller one is asked for in its size and comes with the next pass. */
export async function picture(
  photo: { sha256: string; thumb: string | null; type?: string },
  size: PictureSize,
  on: Phone = currentPhone(),
): Promise<Blob | null> {
  const large = size === 1280 || size === 'original';
  const wanted = large ? 1280 : 320;
  for (const id of preferred(photo, size)) {
    const found = await bytesOf(on, id);
    if (!found) continue;
    if (large && id !== photo.sha256 && id !== `${photo.sha256}@1280`)
      await want(on, photo.sha256, wanted);
    const bytes = await on.ports.vault.open(found.sealed);
    return new Blob([bytes as Uint8Array<ArrayBuffer>], { type: found.type });
  }
  await want(on, photo.sha256, wanted);
  return null;
}

/** Asks sync for a rendition; a local row, like everything a screen does. */
export async function want(on: Phone, sha256: string, size: 320 | 1280): Promise<void> {
  const id = `${sha256}@${size}`;
  const asked = await on.store.write(
    ['blob'],
    async (tx) => {
      if (await tx.get('blob', id)) return false;
      tx.put('blob', rendition(id, on.now()));
      return true;
    },
    'relaxed',
  );
  if (asked) on.onWork();
}

export function rendition(id: string, at: number): BlobRow {
  return {
    id,
    role: 'rendition',
    own: false,
    state: 'wanted',
    size: 0,
    type: 'image/webp',
    refs: [],
    thumb: null,
    url: null,
    offset: 0,
    at,
    stored_at: null,
    stored_ver: null,
    used_at: at,
    reason: null,
    failures: 0,
  };
}

function preferred(photo: { sha256: string; thumb: string | null }, size: PictureSize): string[] {
  const { sha256, thumb } = photo;
  const small = thumb ? [thumb] : [];
  const [s, l] = [`${sha256}@320`, `${sha256}@1280`];
  if (size === 'thumb' || size === 320) return [...small, s, sha256, l];
  return [sha256, l, s, ...small];
}

type Found = { sealed: Sealed; type: string };

async function bytesOf(on: Phone, id: string): Promise<Found | null> {
  return on.store.read(['blob', 'bytes', 'thumb'], async (tx) => {
    const row = await tx.get('blob', id);
    const kept = row && (await tx.get(row.role === 'thumb' ? 'thumb' : 'bytes', id));
    return kept ? { sealed: kept.sealed, type: row.type } : null;
  });
}

function stateOf(row: BlobRow | undefined): PhotoState | null {
  if (!row) return null;
  const percent = row.size > 0 ? Math.floor((100 * row.offset) / row.size) : 0;
  const done = row.state === 'stored' || row.state === 'pruned' || row.state === 'held';
  return { state: row.state, percent: done ? 100 : percent, own: row.own, reason: row.reason };
}

// From the file the camera app hands over to something that can be put: the bytes are read into
// memory at once (a picker's file can vanish), kept as taken, hashed, and shrunk to a thumbnail
// in a worker. Type comes from the bytes, not from the name.

import type { Captured, Decode, Source } from '@/foundation/evidence/captured';
import { develop } from '@/foundation/evidence/captured';
import type { Position } from '@/foundation/evidence/position';
import { PHOTO_BYTES_MAX } from '@/foundation/limits';
import { phone as currentPhone, type Phone } from '@/foundation/phone';
import { readMeta } from '@/foundation/store/meta';
import type { Body, Key } from '@/foundation/store/tables';
import { keyText } from '@/foundation/store/tables';

export class PhotoRefused extends Error {
  override name = 'PhotoRefused';
  constructor(
    readonly code: 'too_large' | 'empty' | 'unreadable' | 'not_a_photo',
    readonly facts: Body,
  ) {
    super(code);
  }
}

export type Taking = { parent: Key; source: Source; geo?: Position | null };

export async function capture(
  file: Blob,
  taking: Taking,
  decode: Decode,
  on: Phone = currentPhone(),
): Promise<Captured> {
  if (file.size > PHOTO_BYTES_MAX)
    throw new PhotoRefused('too_large', { bytes: file.size, bytes_max: PHOTO_BYTES_MAX });
  // WebKit keeps such files in another process, which may have died, and the picker's own may be gone.
  const read = await file.arrayBuffer().catch((error) => {
    throw new PhotoRefused('unreadable', { error: String(error) });
  });
  const bytes = new Uint8Array(read);
  if (bytes.length === 0) throw new PhotoRefused('empty', {});
  const type = typeOf(bytes);
  if (!type) throw new PhotoRefused('not_a_photo', { said: file.type });
  const token = await readMeta(on, 'token');
  const { parent, source, geo } = taking;
  const shot = { bytes, type, source, geo: geo ?? null, ref: keyText(parent) };
  return develop(on, { ...shot, token: token?.value ?? null }, decode);
}

const STARTS: [type: string, at: number, bytes: number[]][] = [
  ['image/jpeg', 0, [0xff, 0xd8, 0xff]],
  ['image/png', 0, [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]],
  ['image/webp', 8, [0x57, 0x45, 0x42, 0x50]],
];

/** By the first bytes; null for everything the server would refuse. */
export function typeOf(bytes: Uint8Array): string | null {
  for (const [type, at, start] of STARTS)
    if (start.every((byte, place) => bytes[at + place] === byte)) return type;
  const brand = String.fromCharCode(...bytes.subarray(4, 12));
  return /^ftyp(heic|heix|mif1|msf1|hevc)/.test(brand) ? 'image/heic' : null;
}

// Pictures of this device as addresses an <img> can take. An address is made once per picture and
// given up when many newer ones have come; a picture that is missing is asked for and appears later.
import { type PictureSize, picture } from '@/foundation/evidence/photos';
import type { Live } from '@/foundation/live';
import { live } from '@/foundation/live';
import type { Phone } from '@/foundation/phone';

export interface PhotoRef {
  sha256: string;
  thumb: string | null;
}

/** What a phone's memory bears: thumbnails of twenty kilobytes, a few whole pictures among them. */
const KEPT_MAX = 160;
const kept = new WeakMap<Phone, Map<string, string>>();

export const pictureUrl = (photo: PhotoRef | null, size: PictureSize): Live<string | null> =>
  live({ tables: ['blob', 'bytes', 'thumb'] }, async (phone) =>
    photo ? await addressOf(phone, photo, size) : null,
  );

async function addressOf(phone: Phone, photo: PhotoRef, size: PictureSize): Promise<string | null> {
  const mine = kept.get(phone) ?? new Map<string, string>();
  kept.set(phone, mine);
  const name = `${photo.sha256}@${size}`;
  const known = mine.get(name);
  if (known) return known;
  const blob = await picture(photo, size, phone);
  if (!blob) return null;
  const raced = mine.get(name);
  if (raced) return raced;
  const address = URL.createObjectURL(blob);
  mine.set(name, address);
  for (const [oldest, url] of mine) {
    if (mine.size <= KEPT_MAX) break;
    mine.delete(oldest);
    URL.revokeObjectURL(url);
  }
  return address;
}

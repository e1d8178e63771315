// The drawing part of a thumbnail, shared by the worker and by the page where a worker has no
// canvas. Quality goes down until the picture fits; twenty kilobytes pass through any line.

import type { Thumbnail } from '@/foundation/evidence/captured';
import { THUMB_BYTES_MAX, THUMB_EDGE_MAX } from '@/foundation/limits';

type Picture = { width: number; height: number };

export type Easel = {
  draw(width: number, height: number): void;
  encode(quality: number): Promise<Uint8Array>;
};

const QUALITIES = [0.75, 0.6, 0.45, 0.3];
const EDGES = [THUMB_EDGE_MAX, 240, 160];

export async function shrink(picture: Picture, easel: Easel): Promise<Thumbnail> {
  const { width, height } = picture;
  let bytes = new Uint8Array();
  for (const edge of EDGES) {
    const scale = Math.min(1, edge / Math.max(width, height));
    easel.draw(Math.max(1, Math.round(width * scale)), Math.max(1, Math.round(height * scale)));
    for (const quality of QUALITIES) {
      bytes = (await easel.encode(quality)) as Uint8Array<ArrayBuffer>;
      if (bytes.length <= THUMB_BYTES_MAX) return { width, height, bytes, type: 'image/jpeg' };
    }
  }
  return { width, height, bytes, type: 'image/jpeg' };
}

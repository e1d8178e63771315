// Thumbnail and dimensions of a photograph: in a worker where it can draw, else on the page. Null
// when this browser cannot read the format (HEIC outside Safari): the original goes all the same,
// the server makes the renditions.

import type { Decode, Thumbnail } from '@/foundation/evidence/captured';
import { shrink } from '@/foundation/evidence/shrink';

const PATIENCE_MS = 20_000;

export const decode: Decode = async (bytes, type) => {
  const blob = new Blob([bytes as Uint8Array<ArrayBuffer>], { type });
  if (typeof Worker !== 'undefined' && typeof OffscreenCanvas !== 'undefined') {
    const thumbnail = await inWorker(blob).catch(() => null);
    if (thumbnail) return thumbnail;
  }
  return onPage(blob).catch(() => null);
};

function inWorker(blob: Blob): Promise<Thumbnail | null> {
  const worker = new Worker(new URL('./thumbnail.worker.ts', import.meta.url), { type: 'module' });
  return new Promise<Thumbnail | null>((resolve, reject) => {
    const patience = setTimeout(() => reject(new Error('too slow')), PATIENCE_MS);
    worker.onmessage = (event: MessageEvent<Thumbnail | null>) => {
      clearTimeout(patience);
      resolve(event.data);
    };
    worker.onerror = reject;
    worker.postMessage(blob);
  }).finally(() => worker.terminate());
}

async function onPage(blob: Blob): Promise<Thumbnail> {
  const url = URL.createObjectURL(blob);
  try {
    const image = new Image();
    image.src = url;
    await image.decode();
    const canvas = document.createElement('canvas');
    const size = { width: image.naturalWidth, height: image.naturalHeight };
    return await shrink(size, {
      draw(width, height) {
        canvas.width = width;
        canvas.height = height;
        canvas.getContext('2d')?.drawImage(image, 0, 0, width, height);
      },
      encode: (quality) => encodeCanvas(canvas, quality),
    });
  } finally {
    URL.revokeObjectURL(url);
  }
}

function encodeCanvas(canvas: HTMLCanvasElement, quality: number): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    canvas.toBlob(
      (blob) =>
        blob
          ? blob.arrayBuffer().then((buffer) => resolve(new Uint8Array(buffer)), reject)
          : reject(new Error('canvas gave nothing')),
      'image/jpeg',
      quality,
    );
  });
}

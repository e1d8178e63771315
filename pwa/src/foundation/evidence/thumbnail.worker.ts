// One photograph at a time, off the page's thread: twelve megapixels are 49 MB when decoded.

import { shrink } from '@/foundation/evidence/shrink';

self.onmessage = async (event: MessageEvent<Blob>) => {
  try {
    const bitmap = await createImageBitmap(event.data, { imageOrientation: 'from-image' });
    const canvas = new OffscreenCanvas(1, 1);
    const thumbnail = await shrink(bitmap, {
      draw(width, height) {
        canvas.width = width;
        canvas.height = height;
        canvas.getContext('2d')?.drawImage(bitmap, 0, 0, width, height);
      },
      async encode(quality) {
        const blob = await canvas.convertToBlob({ type: 'image/jpeg', quality });
        return new Uint8Array(await blob.arrayBuffer());
      },
    });
    bitmap.close();
    self.postMessage(thumbnail);
  } catch {
    self.postMessage(null);
  }
};

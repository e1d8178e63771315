// Covers faces in the pixels themselves, before the picture is kept: below a box there is nothing that a later look
// could uncover. A picture without boxes is kept as it was taken.
import { type Box, cover } from '@/foundation/redaction';

const QUALITY = 0.9;

/** The upright picture with the boxes filled, as JPEG. Throws where the browser cannot read the picture. */
export async function burned(picture: Blob, boxes: readonly Box[]): Promise<Blob> {
  if (boxes.length === 0) return picture;
  const upright = await createImageBitmap(picture, { imageOrientation: 'from-image' });
  const canvas = document.createElement('canvas');
  canvas.width = upright.width;
  canvas.height = upright.height;
  const ink = canvas.getContext('2d');
  if (!ink) throw new Error('no canvas');
  ink.drawImage(upright, 0, 0);
  upright.close();
  cover(ink, boxes, canvas.width, canvas.height);
  const made = await new Promise<Blob | null>((done) => canvas.toBlob(done, 'image/jpeg', QUALITY));
  if (!made) throw new Error('no picture');
  return made;
}

// Boxes that cover faces and numbers on a photo. All figures are whole ten-thousandths of the width or height of
// the upright picture, so that they mean the same in every size of it and have one canonical form.

export interface Box {
  x: number;
  y: number;
  w: number;
  h: number;
}
export type Corner = 'nw' | 'ne' | 'sw' | 'se';

export const WHOLE = 10_000;
/** A box smaller than this could be neither seen nor taken hold of again. */
export const BOX_MIN = 200;
export const BOXES_MAX = 40;

const between = (least: number, n: number, most: number): number =>
  Math.min(most, Math.max(least, Math.round(n)));

/** Between two points in any order, inside the picture and never too small. */
export function boxBetween(x1: number, y1: number, x2: number, y2: number): Box {
  const w = between(BOX_MIN, Math.abs(x2 - x1), WHOLE);
  const h = between(BOX_MIN, Math.abs(y2 - y1), WHOLE);
  const x = between(0, Math.min(x1, x2), WHOLE - w);
  const y = between(0, Math.min(y1, y2), WHOLE - h);
  return { x, y, w, h };
}

/** Moved as a whole; the edge of the picture stops it and leaves its size. */
export const moved = (box: Box, dx: number, dy: number): Box => ({
  ...box,
  x: between(0, box.x + dx, WHOLE - box.w),
  y: between(0, box.y + dy, WHOLE - box.h),
});

/** One corner moved; the one across from it stays where it is. */
export function resized(box: Box, corner: Corner, dx: number, dy: number): Box {
  const [right, bottom] = [box.x + box.w, box.y + box.h];
  const west = corner.endsWith('w');
  const north = corner.startsWith('n');
  const x = west ? between(0, box.x + dx, right - BOX_MIN) : box.x;
  const y = north ? between(0, box.y + dy, bottom - BOX_MIN) : box.y;
  const farX = west ? right : between(box.x + BOX_MIN, right + dx, WHOLE);
  const farY = north ? bottom : between(box.y + BOX_MIN, bottom + dy, WHOLE);
  return { x, y, w: farX - x, h: farY - y };
}

/** Whole pixels of a picture of this size. Rounded outwards: half a pixel of a face is one too many. */
export function pixels(box: Box, width: number, height: number): Box {
  const x = Math.floor((box.x * width) / WHOLE);
  const y = Math.floor((box.y * height) / WHOLE);
  const right = Math.min(width, Math.ceil(((box.x + box.w) * width) / WHOLE));
  const bottom = Math.min(height, Math.ceil(((box.y + box.h) * height) / WHOLE));
  return { x, y, w: right - x, h: bottom - y };
}

/** Fills the boxes on a canvas that shows the upright picture in this size. Nothing below them is left. */
export function cover(
  on: Pick<CanvasRenderingContext2D, 'fillRect'> & { fillStyle: unknown },
  boxes: readonly Box[],
  width: number,
  height: number,
): void {
  on.fillStyle = '#000';
  for (const box of boxes) {
    const { x, y, w, h } = pixels(box, width, height);
    on.fillRect(x, y, w, h);
  }
}

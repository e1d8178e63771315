import { expect, test } from 'vitest';
import { BOX_MIN, type Box, boxBetween, cover, moved, pixels, resized, WHOLE } from './redaction';

const box: Box = { x: 1000, y: 2000, w: 3000, h: 1500 };

/** The same stream of numbers for every run. */
function* chance(seed: number): Generator<number> {
  for (let now = seed; ; ) {
    now = (now * 1103515245 + 12345) % 2147483648;
    yield now / 2147483648;
  }
}

test('drawn in any direction it is the same box', () => {
  expect(boxBetween(4000, 3500, 1000, 2000)).toEqual(box);
  expect(boxBetween(1000, 3500, 4000, 2000)).toEqual(box);
});

test('the edge of the picture stops a box and leaves its size', () => {
  expect(moved(box, -5000, 0)).toEqual({ ...box, x: 0 });
  expect(moved(box, 90_000, 90_000)).toEqual({ ...box, x: 7000, y: 8500 });
});

test('the corner across from the hand stays', () => {
  expect(resized(box, 'nw', -500, 500)).toEqual({ x: 500, y: 2500, w: 3500, h: 1000 });
  expect(resized(box, 'se', 500, -500)).toEqual({ ...box, w: 3500, h: 1000 });
  expect(resized(box, 'ne', -9000, 9000)).toEqual({ x: 1000, y: 3300, w: BOX_MIN, h: BOX_MIN });
  expect(resized(box, 'sw', -9000, 9000)).toEqual({ x: 0, y: 2000, w: 4000, h: 8000 });
});

test('whatever hands do, a box is whole numbers inside the picture', () => {
  const next = chance(84121);
  const number = () => ((next.next().value as number) - 0.5) * 3 * WHOLE;
  let now = box;
  for (let i = 0; i < 2000; i++) {
    const acts = [
      () => boxBetween(number(), number(), number(), number()),
      () => moved(now, number(), number()),
      () => resized(now, (['nw', 'ne', 'sw', 'se'] as const)[i % 4] ?? 'nw', number(), number()),
    ];
    now = (acts[i % 3] ?? (() => now))();
    for (const n of Object.values(now)) expect(Number.isInteger(n)).toBe(true);
    expect(Math.min(now.x, now.y)).toBeGreaterThanOrEqual(0);
    expect(Math.min(now.w, now.h)).toBeGreaterThanOrEqual(BOX_MIN);
    expect(Math.max(now.x + now.w, now.y + now.h)).toBeLessThanOrEqual(WHOLE);
  }
});

test('pixels are rounded outwards and never leave the picture', () => {
  expect(pixels({ x: 3333, y: 3333, w: 3333, h: 3333 }, 100, 50)).toEqual({
    x: 33,
    y: 16,
    w: 34,
    h: 18,
  });
  expect(pixels({ x: 0, y: 0, w: WHOLE, h: WHOLE }, 4031, 3023)).toEqual({
    x: 0,
    y: 0,
    w: 4031,
    h: 3023,
  });
});

test('every box is filled, in solid black', () => {
  const filled: number[][] = [];
  const canvas = {
    fillStyle: 'red' as unknown,
    fillRect: (...of: number[]) => void filled.push(of),
  };
  cover(canvas, [box, moved(box, 100, 0)], 1000, 1000);
  expect(canvas.fillStyle).toBe('#000');
  expect(filled).toEqual([
    [100, 200, 300, 150],
    [110, 200, 300, 150],
  ]);
});

// Chance from a seed (mulberry32): enough to spread ids and waiting times, the same every time.

import type { Randomness } from '@/foundation/ports';

export function seeded(seed: number): Randomness {
  let state = seed | 0;
  const fraction = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
  const bytes = (count: number) =>
    Uint8Array.from({ length: count }, () => Math.floor(fraction() * 256));
  return { fraction, bytes };
}

// How far this device's clock is from the server's. Evidence about time, never an ordering key
// and never a reason to refuse: clocks in the field lie.
//
// Four moments make a sample (t0 client sends, t1 server receives, t2 server sends, t3 client
// receives); of the last eight the one with the smallest error bound counts.

import { CLOCK_SAMPLE_STALE_MS, CLOCK_SAMPLES_MAX } from '@/foundation/limits';
import type { Phone } from '@/foundation/phone';
import type { Tx } from '@/foundation/ports';
import type { ClockSample } from '@/foundation/store/meta';
import { getMeta, setMeta } from '@/foundation/store/meta';
import type { ClockReading } from '@/foundation/store/tables';

export type FourMoments = { t0: number; t1: number; t2: number; t3: number };

export function sampleOf({ t0, t1, t2, t3 }: FourMoments, page: string): ClockSample {
  const off = Math.round((t1 - t0 + (t2 - t3)) / 2);
  const err = Math.max(0, Math.round((t3 - t0 - (t2 - t1)) / 2));
  return { off, err, at: t3, page };
}

export async function addSample(tx: Tx, sample: ClockSample): Promise<void> {
  const samples = await getMeta(tx, 'clock');
  setMeta(tx, 'clock', [...samples, sample].slice(-CLOCK_SAMPLES_MAX));
}

/** Every answer carries the server's two moments. */
export async function heardAt(phone: Phone, moments: FourMoments): Promise<void> {
  if (!Number.isFinite(moments.t1) || !Number.isFinite(moments.t2)) return;
  const sample = sampleOf(moments, phone.page);
  await phone.store.write(['meta'], (tx) => addSample(tx, sample), 'relaxed');
}

export function bestSample(samples: ClockSample[]): ClockSample | null {
  return samples.reduce<ClockSample | null>(
    (best, next) => (best && best.err <= next.err ? best : next),
    null,
  );
}

export function isStale(samples: ClockSample[], now: number, page: string): boolean {
  const newest = samples.at(-1);
  if (!newest || newest.page !== page) return true;
  const age = now - newest.at;
  return age > CLOCK_SAMPLE_STALE_MS || age < 0;
}

/** What goes beside every command: the offset known now and how good it is. */
export function readingOf(phone: Phone, samples: ClockSample[]): ClockReading {
  const best = bestSample(samples);
  return {
    off: best?.off ?? null,
    err: best?.err ?? null,
    age: best ? Math.max(0, Math.round((phone.now() - best.at) / 1000)) : null,
    boot: phone.page,
    mono: Math.round(phone.ports.clock.mono()),
  };
}

export const clockOff = (samples: ClockSample[]): number => bestSample(samples)?.off ?? 0;

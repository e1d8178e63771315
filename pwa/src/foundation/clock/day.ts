// The bank's date of a moment.

const AHEAD_MS = 8 * 3_600_000; // China's one zone, without summer time

/** As 2026-11-24. By hand: no locale is written so in every browser (WebKit's en-CA is not), and no field for
 * dates and no reckoning with days takes another form. */
export const dayKey = (at: string | number | Date): string =>
  new Date(new Date(at).getTime() + AHEAD_MS).toISOString().slice(0, 10);

// How long a phone may be away from the server before it locks what it holds (SYNC 3.6).
//
// Promises: after thirty days without an answer nothing is shown any more, whoever holds the phone; nothing is
// erased, and what was not sent is sent the moment the server is reached, which also opens it again. Once locked
// it stays so, whatever its clock says then. Against: a stolen phone that is kept offline, where no order to
// erase arrives. Not handled: a clock that was set back before the thirty days were over, and somebody who takes
// the browser's files apart; the second is what sealing under a PIN would be for.

import type { Phone } from '@/foundation/phone';
import { getMeta, setMeta } from '@/foundation/store/meta';

export const AWAY_DAYS_MAX = 30;
const DAY_MS = 86_400_000;

/** Pure. `heard_at` null: a database from before this was noted, which the next answer dates. */
export const isAway = (heard_at: number | null, now: number): boolean =>
  heard_at !== null && now - heard_at > AWAY_DAYS_MAX * DAY_MS;

/** Whether this person's records are locked on this phone now; what it finds over is noted. */
export async function isLocked(on: Phone): Promise<boolean> {
  const [locked, heard_at] = await on.store.read(['meta'], (tx) =>
    Promise.all([getMeta(tx, 'locked'), getMeta(tx, 'heard_at')]),
  );
  if (locked || !isAway(heard_at, on.now())) return locked;
  await on.store.write(['meta'], async (tx) => {
    // An answer may have come in between: only what is still so locks.
    if (isAway(await getMeta(tx, 'heard_at'), on.now())) setMeta(tx, 'locked', true);
  });
  return on.store.read(['meta'], (tx) => getMeta(tx, 'locked'));
}

// A code stays in view for many frames and is one sighting. It counts anew once it was out of view for a while.
export const AWAY_MS = 1500;

export interface Sighting {
  code: string;
  at: number;
}

/** Whether this frame begins a sighting, and what to remember of it. */
export function sighted(
  before: Sighting | null,
  code: string,
  now: number,
): { fresh: boolean; after: Sighting } {
  const same = before !== null && before.code === code && now - before.at < AWAY_MS;
  return { fresh: !same, after: { code, at: now } };
}

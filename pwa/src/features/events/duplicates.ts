// Which sightings may be one person seen twice: a question for somebody who looks at both, never an answer. The server
// asks by the same cases.
import { counts, GUEST, joined, latest, ONE } from './counting';
import type { Judged, Sighting } from './model';

// Whoever walks past both tables does so within minutes; an hour later it is somebody else.
const WINDOW_MS = 10 * 60 * 1000;
export type Pair = [a: string, b: string];
type Opening = (a: Sighting, b: Sighting) => boolean;
type Best = { apart: number; id: string };

/** Pairs of check-ins, the smaller id first, in order. `names` are those of the roster by entry. */
export function possible(
  sightings: readonly Sighting[],
  names: ReadonlyMap<string, string>,
  judged: readonly Judged[] = [],
): Pair[] {
  const told = sightings.filter(counts);
  const same = joined(told, judged);
  const keys = new Map(told.map(({ id, key }) => [id, key]));
  const asked = new Set(
    latest(judged).map(({ a, b }) => both(keys.get(a) ?? '', keys.get(b) ?? '')),
  );
  const isOpen: Opening = (a, b) => {
    if ((same.get(a.key) ?? a.key) === (same.get(b.key) ?? b.key)) return false;
    return !asked.has(both(a.key, b.key));
  };
  const walked = told.filter(({ key }) => key.startsWith(ONE));
  const found = [...near(walked, isOpen), ...namesakes(told, names, isOpen)];
  return found.sort((one, other) => order(one[0], other[0]) || order(one[1], other[1]));
}

const order = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
const both = (a: string, b: string): string => [a, b].sort(order).join(' ');

/** Each only with the one nearest in time, and only where that is mutual. */
function near(walked: readonly Sighting[], isOpen: Opening): Pair[] {
  const best = new Map<string, Best>();
  const timed = walked
    .map((one) => ({ one, at: Date.parse(one.at) }))
    .sort((a, b) => a.at - b.at || order(a.one.id, b.one.id));
  timed.forEach(({ one, at }, place) => {
    for (const { one: other, at: later } of timed.slice(place + 1)) {
      if (later - at > WINDOW_MS) break;
      if (!alike(one, other) || !isOpen(one, other)) continue;
      better(best, one.id, { apart: later - at, id: other.id });
      better(best, other.id, { apart: later - at, id: one.id });
    }
  });
  return [...best].flatMap(([id, { id: other }]): Pair[] =>
    id < other && best.get(other)?.id === id ? [[id, other]] : [],
  );
}

function better(best: Map<string, Best>, mine: string, found: Best): void {
  const known = best.get(mine);
  if (known && (known.apart - found.apart || order(known.id, found.id)) <= 0) return;
  best.set(mine, found);
}

function alike(a: Sighting, b: Sighting): boolean {
  if (a.device === b.device || a.age_band !== b.age_band) return false;
  if (!a.interests.length || !b.interests.length) return true;
  return a.interests.some((one) => b.interests.includes(one));
}

/** Guests of one name on two lines of the roster, by their first sightings. */
function namesakes(
  told: readonly Sighting[],
  names: ReadonlyMap<string, string>,
  isOpen: Opening,
): Pair[] {
  const first = new Map<string, Sighting>();
  for (const one of [...told].sort((a, b) => order(a.id, b.id)))
    if (one.key.startsWith(GUEST) && !first.has(one.key)) first.set(one.key, one);
  const called = new Map<string, Sighting[]>();
  for (const [key, one] of first) {
    const name = plain(names.get(key.slice(GUEST.length)) ?? '');
    if (name) called.set(name, [...(called.get(name) ?? []), one]);
  }
  return [...called.values()].flatMap((alikes) =>
    alikes.flatMap((a, place) =>
      alikes.slice(place + 1).flatMap((b): Pair[] => (isOpen(a, b) ? [[a.id, b.id]] : [])),
    ),
  );
}

/** A name as it is compared: full width is half width, case and spaces do not matter. */
const plain = (name: string): string => name.normalize('NFKC').toLowerCase().split(/\s+/).join('');

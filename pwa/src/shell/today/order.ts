// One list out of what several features have for today. Pure.
import type { ReadyCheck, Stop } from '@/parts/contribution';

export interface Placed {
  /** the feature's kind of record */
  kind: string;
  stop: Stop;
}

/** Each feature's own order holds, because it is the order of the way; between features the clock
 * decides. What is under way comes first, what is done last, the newest of it first. */
export function inOneList(lists: readonly (readonly Placed[])[]): Placed[] {
  const standing = (of: Stop['standing']) =>
    lists.map((list) => list.filter(({ stop }) => stop.standing === of));
  const done = standing('done').flat();
  return [
    ...merged(standing('under_way')),
    ...merged(standing('waits')),
    ...done.sort((a, b) => (b.stop.at ?? 0) - (a.stop.at ?? 0)),
  ];
}

/** Always the list whose head is earliest goes on; what has no hour waits for those that have one. */
function merged(lists: readonly (readonly Placed[])[]): Placed[] {
  const rest = lists.map((list) => [...list]);
  const found: Placed[] = [];
  for (;;) {
    const heads = rest.filter((list) => list.length > 0);
    const first = heads.sort((a, b) => hour(a[0]!) - hour(b[0]!))[0];
    if (!first) return found;
    found.push(first.shift()!);
  }
}

const hour = ({ stop }: Placed): number => stop.at ?? Number.POSITIVE_INFINITY;

const WORST: readonly ReadyCheck['standing'][] = ['missing', 'unknown', 'ok'];

/** What several records need, each need once and at its worst, the worst first. */
export function unionOf(lists: readonly (readonly ReadyCheck[])[]): ReadyCheck[] {
  const found = new Map<string, ReadyCheck>();
  for (const check of lists.flat()) {
    const known = found.get(check.key);
    if (!known || rank(check) < rank(known)) found.set(check.key, check);
  }
  return [...found.values()].sort((a, b) => rank(a) - rank(b));
}

const rank = ({ standing }: ReadyCheck): number => WORST.indexOf(standing);

// What the screens of one event show of its sightings, counted once for all of them.
import { count, counts, grow, joined } from './counting';
import { type Pair, possible } from './duplicates';
import type { Counts, Entry, Judged, Sighting } from './model';

export interface DeviceCount {
  device: string;
  by: string;
  /** distinct persons whom this device saw */
  n: number;
  /** when the server last had something of it; empty while nothing of it was received */
  heard_at: string;
}
export interface Present {
  counts: Counts;
  /** persons whom two devices or more saw */
  twice: number;
  devices: DeviceCount[];
  /** those that count, the newest first */
  newest: Sighting[];
  late: Sighting[];
  byId: ReadonlyMap<string, Sighting>;
  /** those that count, by whom they are of, the first one first */
  seen: ReadonlyMap<string, readonly Sighting[]>;
  possible: Pair[];
  /** check-ins that are part of a possible pair */
  doubtful: ReadonlySet<string>;
  /** all sightings that count of the person of this one, itself among them */
  companions(one: Sighting): Sighting[];
}

export function presentOf(
  sightings: readonly Sighting[],
  entries: readonly Entry[],
  judged: readonly Judged[],
): Present {
  const same = joined(sightings, judged);
  const person = ({ key }: Sighting): string => same.get(key) ?? key;
  const counting = sightings.filter(counts).sort(byTime);
  const pairs = possible(
    sightings,
    new Map(entries.map(({ id, name }) => [id, name ?? ''])),
    judged,
  );
  const seenBy = new Map<string, Set<string>>();
  const seen = new Map<string, Sighting[]>();
  for (const one of counting) {
    grow(seenBy, person(one), one.device);
    seen.set(one.key, [...(seen.get(one.key) ?? []), one]);
  }
  return {
    counts: count(sightings, judged),
    twice: [...seenBy.values()].filter((devices) => devices.size > 1).length,
    devices: devicesOf(counting, person),
    newest: [...counting].reverse(),
    late: sightings.filter((one) => one.late && one.void === null).sort(byTime),
    byId: new Map(sightings.map((one) => [one.id, one])),
    seen,
    possible: pairs,
    doubtful: new Set(pairs.flat()),
    companions: (one) => counting.filter((other) => person(other) === person(one)),
  };
}

/** By the phones' own times, for the eye alone: no figure depends on it. */
const byTime = (a: Sighting, b: Sighting): number =>
  a.occurred_at < b.occurred_at ? -1 : a.occurred_at > b.occurred_at ? 1 : a.id < b.id ? -1 : 1;

function devicesOf(
  counting: readonly Sighting[],
  person: (one: Sighting) => string,
): DeviceCount[] {
  const persons = new Map<string, Set<string>>();
  const told = new Map<string, DeviceCount>();
  for (const one of counting) {
    grow(persons, one.device, person(one));
    const heard = told.get(one.device)?.heard_at ?? '';
    const heard_at = one.received_at > heard ? one.received_at : heard;
    told.set(one.device, { device: one.device, by: one.by, n: 0, heard_at });
  }
  return [...told.values()].map((one) => ({ ...one, n: persons.get(one.device)?.size ?? 0 }));
}

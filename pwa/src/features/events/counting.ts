// Who is here, from the sightings on this device. The server counts by the same cases. A person is a set of sightings
// with one key, or with keys that somebody judged to be the same; the order in which they came has no say.
import type { CheckIn, Counts, Entry, Judged, Sighting } from './model';

export const STAFF = 'staff:';
export const GUEST = 'guest:';
export const ONE = 'one:';
const CODE = 'code:';
const HASH = 'hash:';
const isNameless = (key: string): boolean => key.startsWith(HASH) || key.startsWith(ONE);

/** Whom a line of the roster stands for. Staff of the house are one person, however named. */
export const keyOfEntry = ({ id, kind, person }: Pick<Entry, 'id' | 'kind' | 'person'>): string =>
  kind === 'staff' ? `${STAFF}${person ?? id}` : `${GUEST}${id}`;

/** Whom a sighting is of, as the server will say. A line of the roster that is of the staff is asked for by `staff`. */
export function keyOf(id: string, { event, how, entry, code, person, walk_in }: CheckIn): string {
  if (entry) return `${how === 'staff' ? STAFF : GUEST}${entry}`;
  if (code) return `${CODE}${event}:${code}`;
  if (person) return `${STAFF}${person}`;
  return walk_in?.phone_hash ? `${HASH}${walk_in.phone_hash}` : `${ONE}${id}`;
}

/** Whether this sighting makes somebody present: it came in time, and nobody took it back in time. */
export const counts = ({ late, void: taken }: Pick<Sighting, 'late' | 'void'>): boolean =>
  !late && (taken === null || taken.late);

/** Every figure of an event. Sightings in any order. */
export function count(sightings: readonly Sighting[], judged: readonly Judged[] = []): Counts {
  const same = joined(sightings, judged);
  const persons = new Map<string, Set<string>>();
  const counting = sightings.filter(counts);
  for (const { key } of counting) grow(persons, same.get(key) ?? key, key);
  const groups = [...persons.values()].map((keys) => [...keys]);
  const staff = groups.filter((keys) => keys.some((key) => key.startsWith(STAFF))).length;
  return {
    persons: groups.length,
    guests: groups.length - staff,
    staff,
    walk_ins: groups.filter((keys) => keys.every(isNameless)).length,
    sightings: counting.length,
    late: sightings.filter((one) => one.late && one.void === null).length,
    voided: sightings.filter((one) => !one.late && !counts(one)).length,
  };
}

/** For keys that were judged to be one person: which key stands for all of them. */
export function joined(
  sightings: readonly Sighting[],
  judged: readonly Judged[],
): ReadonlyMap<string, string> {
  const same = latest(judged).filter((one) => one.same);
  const stands = new Map<string, string>();
  if (same.length === 0) return stands;
  const keys = new Map(sightings.map(({ id, key }) => [id, key]));
  const root = (key: string): string => {
    let at = key;
    for (let above = stands.get(at); above !== undefined && above !== at; above = stands.get(at))
      at = above;
    return at;
  };
  for (const { a, b } of same) {
    const [one, other] = [keys.get(a), keys.get(b)];
    if (one === undefined || other === undefined) continue;
    const [first, second] = [root(one), root(other)];
    if (first < second) stands.set(second, first);
    else stands.set(first, second);
  }
  return new Map([...stands.keys()].map((key) => [key, root(key)]));
}

/** The last judgement of each pair, whichever of the two was named first. */
export function latest(judged: readonly Judged[]): Judged[] {
  const found = new Map<string, Judged>();
  for (const one of judged) found.set([one.a, one.b].sort().join(' '), one);
  return [...found.values()];
}

export function grow<K, V>(groups: Map<K, Set<V>>, key: K, value: V): void {
  const group = groups.get(key);
  if (group) group.add(value);
  else groups.set(key, new Set([value]));
}

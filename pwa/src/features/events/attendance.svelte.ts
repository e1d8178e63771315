// Who is here, as the screens of one event follow it. Records are read whole when a screen opens and then only in
// pauses: a tap adds its own sighting to what is in memory as soon as its command is on this device, so five hundred
// names and three hundred check-ins cost a tap nothing.
import { untrack } from 'svelte';
import { phone } from '@/foundation/phone';
import { readKind, readOne } from '@/foundation/reading';
import { judge, seeing, sightHere, voidSeen } from './asking';
import { keyOf, keyOfEntry } from './counting';
import {
  type CheckInBody,
  codeKey,
  type Entry,
  type EventBody,
  entriesOf,
  type Judged,
  type RosterBody,
  type Sighting,
  sightingOf,
  type WalkIn,
} from './model';
import { type Present, presentOf } from './present';

const KINDS = ['check_in', 'event_roster', 'event_key', 'event'];
const PAUSE_MS = 500;

export class Attendance {
  #sightings = $state.raw<ReadonlyMap<string, Sighting>>(new Map());
  #entries = $state.raw<readonly Entry[]>([]);
  #judged = $state.raw<readonly Judged[]>([]);
  #key = $state.raw<string | null>(null);
  #ready = $state(false);
  #taking = new Set<string>();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #looking = false;

  readonly present: Present = $derived.by(() =>
    presentOf([...this.#sightings.values()], this.#entries, this.#judged),
  );
  readonly byId = $derived(new Map(this.#entries.map((one) => [one.id, one])));
  readonly byKey = $derived(new Map(this.#entries.map((one) => [keyOfEntry(one), one])));
  readonly byCode = $derived(
    new Map(this.#entries.flatMap((one) => (one.code ? [[codeKey(one.code), one] as const] : []))),
  );

  constructor(readonly event: string) {}

  /** false until the records of this device were read once */
  get ready(): boolean {
    return this.#ready;
  }
  get entries(): readonly Entry[] {
    return this.#entries;
  }
  /** the key of the open event; null where it is closed, or not on this device */
  get eventKey(): string | null {
    return this.#key;
  }

  /** Whether somebody saw this person already, as far as this device knows. */
  isHere(entry: Entry): boolean {
    return this.present.seen.has(keyOfEntry(entry));
  }

  /** Follows the records until the returned function is called. */
  follow(): () => void {
    const stop = phone().store.onChange(({ tables, kinds }) => {
      if (!tables.has('rec') && !tables.has('local')) return;
      if (kinds.has('*') || KINDS.some((kind) => kinds.has(kind))) this.#later();
    });
    // Not part of what the caller's effect depends on: it would follow anew with each sighting.
    untrack(() => void this.#look());
    return () => {
      stop();
      clearTimeout(this.#timer);
    };
  }

  /** This entry, seen here and now. False where this device is at it already. */
  async take(entry: Entry, how: 'code' | 'roster'): Promise<boolean> {
    if (this.#taking.has(entry.id)) return false;
    this.#taking.add(entry.id);
    try {
      this.#add(await sightHere(this.event, seeing(entry, how)));
      return true;
    } finally {
      this.#taking.delete(entry.id);
    }
  }

  /** A code that no list here knows. False where it was taken before. */
  async takeCode(code: string): Promise<boolean> {
    const key = keyOf('', { event: this.event, how: 'code', code });
    if (this.#taking.has(key) || this.present.seen.has(key)) return false;
    this.#taking.add(key);
    try {
      this.#add(await sightHere(this.event, { how: 'code', code }));
      return true;
    } finally {
      this.#taking.delete(key);
    }
  }

  async takeWalkIn(walk_in: WalkIn): Promise<void> {
    this.#add(await sightHere(this.event, { how: 'walk_in', walk_in }));
  }

  async takeBack(ids: string[], reason: string): Promise<void> {
    await voidSeen(this.event, ids, reason);
    const on = phone();
    const taken = { by: on.person.id, at: on.moment(), reason, late: false };
    const next = new Map(this.#sightings);
    for (const id of ids) {
      const one = next.get(id);
      if (one) next.set(id, { ...one, void: taken });
    }
    this.#sightings = next;
  }

  async judge(a: string, b: string, same: boolean): Promise<void> {
    await judge(this.event, a, b, same);
    const on = phone();
    this.#judged = [...this.#judged, { a, b, same, by: on.person.id, at: on.moment() }];
  }

  #add(one: Sighting): void {
    this.#sightings = new Map(this.#sightings).set(one.id, one);
  }

  // Not put off by the next change: while a queue is checked in there is always a next one.
  #later(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      void this.#look();
    }, PAUSE_MS);
  }

  async #look(): Promise<void> {
    if (this.#looking) return this.#later();
    this.#looking = true;
    const before = this.#sightings;
    try {
      const on = phone();
      const [rows, parts, event, key] = await Promise.all([
        readKind<CheckInBody>(on, 'check_in'),
        readKind<RosterBody>(on, 'event_roster'),
        readOne<EventBody>(on, ['event', this.event]),
        readOne<{ key: string }>(on, ['event_key', this.event]),
      ]);
      // Something was taken while this was read: what is in memory is newer, and it is read once more.
      if (before !== this.#sightings) return this.#later();
      const mine = rows.filter(({ body }) => body.event === this.event);
      this.#sightings = new Map(mine.map((row) => [row.id, sightingOf(row, on.device)]));
      this.#entries = entriesOf(parts.filter(({ body }) => body.event === this.event));
      this.#judged = event?.body.judged ?? [];
      this.#key = key?.body.key ?? null;
      this.#ready = true;
    } finally {
      this.#looking = false;
    }
  }
}

// How a sighting, a roster entry and an event are told in a line.
import type { NameOf } from '@/parts/directory';
import type { EvidenceState } from '@/parts/evidence';
import type { RosterEntry } from '@/parts/roster';
import { dayKey, when } from '@/parts/words.svelte';
import { keyOfEntry } from './counting';
import type { Entry, EventBody, Sighting } from './model';
import { say } from './say';

const ENDING = 4;

/** A coded guest by the end of the code: the screen is seen by everybody who queues. */
export function whoOf(one: Sighting, entries: ReadonlyMap<string, Entry>): string {
  const w = say();
  if (one.how === 'walk_in') return w.walkInOf(w.bands[one.age_band ?? ''] ?? '');
  const entry = entries.get(one.key);
  const code = one.code ?? entry?.code;
  if (one.how === 'code' && code) return w.codeEnds(code.slice(-ENDING));
  return (entry && titleOfEntry(entry)) || w.someoneListed;
}

/** A child has no name here: what is on the slip tells the staff whom they mean. */
export const titleOfEntry = ({ kind, name, code }: Entry): string =>
  name || (kind === 'child' ? say().childOf(code?.slice(-ENDING) ?? '') : '');

export interface Told {
  state: EvidenceState;
  word: string;
}

/** Where this sighting is held, and since when. */
export function markOf(one: Sighting): Told {
  const w = say();
  if (one.received_at === '') return { state: 'device', word: w.deviceAt(when(one.at, 'clock')) };
  const word = w.receivedAt(when(one.received_at, 'clock'));
  return { state: 'received', word: one.late ? word + w.stop + w.afterClosing : word };
}

/** The rows of a roster, made anew only where something changed: five hundred stay as they are with each tap. */
export class RosterRows {
  private known = new Map<string, RosterEntry>();

  rows(
    entries: readonly Entry[],
    seen: ReadonlyMap<string, readonly Sighting[]>,
    tongue: string,
  ): RosterEntry[] {
    const next = new Map<string, RosterEntry>();
    for (const entry of entries) {
      const row = rowOf(entry, seen.get(keyOfEntry(entry)) ?? []);
      const before = this.known.get(entry.id + tongue);
      next.set(entry.id + tongue, before && alike(before, row) ? before : row);
    }
    this.known = next;
    return [...next.values()];
  }
}

function rowOf(entry: Entry, seen: readonly Sighting[]): RosterEntry {
  const last = seen.at(-1);
  const w = say();
  return {
    id: entry.id,
    name: titleOfEntry(entry) || w.someoneListed,
    code: entry.code || undefined,
    second:
      [entry.group, entry.kind === 'staff' ? w.staff : ''].filter(Boolean).join(w.dot) || undefined,
    state: !last ? 'open' : new Set(seen.map((one) => one.device)).size > 1 ? 'twice' : 'here',
    word: last ? markOf(last).word : undefined,
  };
}

const alike = (a: RosterEntry, b: RosterEntry): boolean =>
  a.state === b.state &&
  a.word === b.word &&
  a.name === b.name &&
  a.second === b.second &&
  a.code === b.code;

/** "14:00 to 16:00", with its day where that is not today. */
export function timeOf(event: EventBody, now: number): string {
  const w = say();
  const span = w.span(event.starts, event.ends);
  return event.day === dayKey(now) ? span : daysOf(event) + w.comma + span;
}

/** The day, or first and last one; a festival whose day has not come from the server yet has none. */
export function daysOf({ day, until_day }: EventBody): string {
  const w = say();
  if (!day) return w.dayComes;
  return until_day ? w.span(dayOf(day), dayOf(until_day)) : dayOf(day);
}

const dayOf = (day: string): string => when(`${day}T04:00:00Z`, 'date');

export const titleOf = (event: EventBody, nameOf?: NameOf): string =>
  [event.theme, event.place || nameOf?.('outlet', event.outlet)].filter(Boolean).join(say().comma);

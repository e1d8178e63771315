// A visit in sentences: its title, when and where, its history.
import type { EvidenceState } from '@/parts/evidence';
import { byFor } from '@/parts/standsIn';
import type { Moment } from '@/parts/Timeline.svelte';
import { when } from '@/parts/words.svelte';
import { actsOf } from './acts';
import { calledAs } from './called';
import type { PersonBody, VisitBody, VisitEvent } from './model';
import { say } from './say';
import type { Known, Reader } from './stores';

const APART_MS = 2 * 60_000;
type NameOf = (kind: string, id: unknown) => string;

/** The customer's name where this phone has it, else what the visit is for. */
export const titleOf = ({ body, person }: Known): string => person?.name || say().kinds[body.kind];

/** As the customer is spoken to; empty where nothing personal is here. */
export const calledOf = (person: PersonBody | undefined): string =>
  person ? calledAs(person.name, person.address_as) : '';

export const windowOf = ({ begins, ends }: VisitBody): string => `${begins}–${ends}`;
export const dayText = (day: string): string => when(`${day}T12:00:00+08:00`, 'day');
export const dayOf = ({ day }: VisitBody): string => dayText(day);

export function secondLine({ body, person }: Known, nameOf: NameOf, withDay: boolean): string {
  const w = say();
  const time = withDay ? `${dayOf(body)} ${windowOf(body)}` : windowOf(body);
  const what = person ? w.kinds[body.kind] : (w.businesses[body.business] ?? '');
  return [time, what, nameOf('outlet', body.outlet)].filter(Boolean).join(w.comma);
}

export function moments(known: Known, me: Reader, nameOf: NameOf): Moment[] {
  const told = known.body.events.map((event) => momentOf(event, nameOf));
  const title = turnOf(known.body, me);
  return title ? [...told, { id: 'next', title, state: 'open', word: say().toCome }] : told;
}

function momentOf(event: VisitEvent, nameOf: NameOf): Moment {
  const w = say();
  const who = byFor(nameOf('person', event.by), nameOf('person', event.for_person));
  const state: EvidenceState = event.received_at ? 'verified' : 'device';
  const word = event.received_at ? '' : w.notSent;
  const title = w.told[event.type]?.(who) ?? w.toldElse(who);
  return { id: event.id, title, state, word, second: timeOf(event) };
}

/** Two times only where they differ by over two minutes: a visit has no signal more often than not. */
function timeOf({ occurred_at, received_at }: VisitEvent): string {
  const w = say();
  const by = when(occurred_at, 'moment');
  if (!received_at) return `${by}${w.comma}${w.notSent}`;
  const apart = Math.abs(Date.parse(received_at) - Date.parse(occurred_at));
  return apart > APART_MS ? w.byPhone(by, when(received_at, 'moment')) : by;
}

function turnOf(visit: VisitBody, me: Reader): string | null {
  const w = say();
  if (visit.state !== 'submitted') return null;
  return actsOf(visit, false, me).has('return') ? w.yourTurn : w.waitsForReview;
}

/** Within a sentence of a list of codes. */
export const listed = (codes: readonly string[], words: Record<string, string>): string =>
  codes.map((code) => words[code] ?? code).join(say().comma);

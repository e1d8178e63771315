// A case in sentences: its history, its dates, how far its photos are.
import type { EvidenceState } from '@/parts/evidence';
import { byFor } from '@/parts/standsIn';
import type { Moment } from '@/parts/Timeline.svelte';
import { named, when } from '@/parts/words.svelte';
import { actsOf, forWhom } from './acts';
import type { Desk, Known } from './desk';
import { asksForTime, type Case, type CaseEvent, isOverdue, type Photo } from './model';
import { say } from './say';

const APART_MS = 2 * 60_000;

export const nameOf = (desk: Desk, id: string | null): string =>
  (id && (desk.people.get(id)?.name ?? named(desk.units.get(id)?.name))) || '';

export const outletOf = (desk: Desk, one: Case): string =>
  named(desk.outlets.get(one.outlet)?.name);

export function moments(desk: Desk, known: Known): Moment[] {
  const w = say();
  const told = known.one.events.map((event) => told1(desk, known.one, event));
  const next = nextTurn(desk, known.one);
  if (!next) return told;
  const open: Moment = { id: 'next', title: next.title, state: 'open', word: w.toCome };
  return [...told, next.second ? { ...open, second: next.second } : open];
}

function told1(desk: Desk, one: Case, event: CaseEvent): Moment {
  const w = say();
  // What has not been sent yet will be done for whoever is away now.
  const coming = !event.received_at && event.by === desk.me.id;
  const absent = event.for_person ?? (coming ? forWhom(one, desk.me) : null);
  const who = byFor(nameOf(desk, event.by), nameOf(desk, absent));
  const title = w.told[event.type]?.(who, nameOf(desk, event.to)) ?? w.toldElse(who);
  const state: EvidenceState = event.received_at ? 'verified' : 'device';
  const parts = [momentOf(event)];
  if (event.photos.length) parts.push(w.photosN(event.photos.length));
  const moment: Moment = {
    id: event.id,
    title,
    state,
    word: event.received_at ? '' : w.notSent,
    second: parts.join(w.pieces.comma),
  };
  const words = [event.note, ...event.points.map((point) => point.comment)].filter(Boolean);
  if (words.length) moment.quote = words.map(w.said).join(' ');
  return moment;
}

/** Two times only where they differ by over two minutes: field clocks lie, and basements delay. */
function momentOf(event: CaseEvent): string {
  const by = when(event.occurred_at, 'moment');
  if (!event.received_at) return `${by}${say().pieces.comma}${say().notSent}`;
  const apart = Math.abs(Date.parse(event.received_at) - Date.parse(event.occurred_at));
  return apart > APART_MS ? say().byPhone(by, when(event.received_at, 'moment')) : by;
}

function nextTurn(desk: Desk, one: Case): { title: string; second?: string } | null {
  const w = say();
  const acts = actsOf(one, desk.me);
  if (one.state === 'reported') {
    if (acts.has('approve')) return { title: w.yourTurn, second: w.yourTurnMore };
    if (one.fixed_by === desk.me.id) return { title: w.waitsForManager, second: w.yourTurnMore };
    return { title: w.waitsForManager };
  }
  if (one.handover) return { title: w.waitsFor(nameOf(desk, one.handover.to_unit)) };
  if (one.state === 'open') return { title: w.states.open };
  if (one.owner && one.state !== 'closed' && one.state !== 'cancelled')
    return { title: w.waitsFor(nameOf(desk, one.owner)) };
  return null;
}

export function dueText(one: Case): string {
  const w = say();
  return one.due_at ? w.due(when(one.due_at, 'moment')) : w.noDue;
}

/** One short line for a list: where, and the most urgent thing about its date. */
export function secondLine(desk: Desk, one: Case, now: number): string {
  const w = say();
  const parts = [outletOf(desk, one)];
  const due = one.due_at && when(one.due_at, 'day');
  if (asksForTime(one)) parts.push(within(w.asksTime(when(one.extension?.until ?? now, 'day'))));
  else if (due && isOverdue(one, now)) parts.push(w.overdueSince(due));
  else if (due) parts.push(one.late ? w.wasLate(due) : due);
  return parts.filter(Boolean).join(w.pieces.comma);
}

/** Inside a sentence an English word begins small. */
export const within = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1);

/** The due moment and how it was counted, where the server kept the steps. */
export function dueCounted(one: Case): string {
  const first = one.due_steps[0];
  const days = one.due_steps.filter((step) => step.nth > 0).length;
  if (!one.due_at || !first || !days) return dueText(one);
  return say().dueSteps(when(one.due_at, 'moment'), when(first.day, 'day'), days);
}

const APART_OF_CLOCKS_MS = 2 * 60_000;

/** When it was taken: as the phone said, or between which moments where its clock was off. */
export function takenText({ taken_at, earliest, latest }: Photo): string {
  const at = Date.parse(taken_at);
  const early = earliest !== null && at < Date.parse(earliest) - APART_OF_CLOCKS_MS;
  const off = early || at > Date.parse(latest) + APART_OF_CLOCKS_MS;
  if (!off || earliest === null) return when(taken_at, 'moment');
  return say().takenBounds(when(earliest, 'moment'), when(latest, 'moment'));
}

const BY_STATE: Record<Photo['state'], EvidenceState> = {
  awaited: 'device',
  stored: 'received',
  accepted: 'verified',
  refused: 'refused',
  waived: 'open',
  sealed: 'verified',
};

/** How far a photo is. What waits on somebody else's phone is not "on this device". */
export function standingOf(photo: Photo | undefined, me: string): EvidenceState {
  if (!photo) return 'open';
  if (photo.state === 'awaited' && photo.by !== me) return 'open';
  return BY_STATE[photo.state];
}

export function span(ms: number): string {
  const w = say();
  const minutes = Math.max(0, Math.round(ms / 60_000));
  if (minutes >= 72 * 60) return w.days(Math.round(minutes / 1440));
  return w.hours(Math.floor(minutes / 60), minutes % 60);
}

// From a button to a command in the outbox. Nothing waits for the network.
import type { Captured } from '@/foundation/evidence/captured';
import { type Args, about, type Name } from '@/foundation/outbox/about';
import { put } from '@/foundation/outbox/put';
import { phone } from '@/foundation/phone';
import type { CheckIn, Entry, Outcome, Plan, Point, Sighting } from './model';
import { sightingBody } from './previewParts';

type Feature = 'events';
const toEvent = about('events', 'event');
const toCheckIn = about('events', 'check_in');
const toRoster = about('events', 'event_roster');
const toFollowUp = about('events', 'event_follow_up');

const blobsOf = (evidence: readonly Captured[]): string[] =>
  evidence.flatMap(({ photo }) => (photo.thumb ? [photo.sha256, photo.thumb] : [photo.sha256]));

/** Anything asked of the event itself. */
export async function ask<N extends Name<Feature>>(
  id: string,
  name: N,
  args: Args<Feature, N>,
  evidence: Captured[] = [],
): Promise<void> {
  await put(phone(), toEvent(id, name, args, { blobs: blobsOf(evidence) }), evidence);
}

/** The new event's id: its screen opens at once, signal or not. */
export async function plan(asked: Plan): Promise<string> {
  const id = phone().newId();
  await put(phone(), toEvent(id, 'plan', asked));
  return id;
}

export type Seeing = Omit<CheckIn, 'event'>;

/** A line of the roster as it is asked for: of the staff by whom they are, so that every phone gives one key. */
export function seeing(entry: Entry, how: 'code' | 'roster'): Seeing {
  if (entry.kind !== 'staff') return { how, entry: entry.id };
  return entry.person ? { how: 'staff', person: entry.person } : { how: 'staff', entry: entry.id };
}

/** The sighting as it lies on this device now; the promise ends when it does. */
export async function sightHere(event: string, asked: Seeing): Promise<Sighting> {
  const on = phone();
  const id = on.newId();
  const args = { event, ...asked };
  await put(on, toCheckIn(id, 'check_in', args));
  return { id, ...sightingBody(id, args, on.person.id, on.moment()), device: on.device };
}

export const voidSeen = (event: string, check_ins: string[], reason: string) =>
  ask(event, 'void', { check_ins, reason });

export const judge = (event: string, a: string, b: string, same: boolean) =>
  ask(event, 'judge_duplicate', { a, b, same });

export const tally = (event: string, counter: string, n: number) =>
  ask(event, 'tally', { counter, n });

export const handOut = (event: string, material: string, n: number) =>
  ask(event, 'hand_out', { material, n });

export const question = (event: string, text: string, topic: string) =>
  ask(event, 'ask', { id: phone().newId(), text, topic });

export const returnPlan = (event: string, content_digest: string, points: Point[]) =>
  ask(event, 'return', { content_digest, points });

export async function doneFollowUp(id: string, outcome: Outcome): Promise<void> {
  await put(phone(), toFollowUp(id, 'done_follow_up', { outcome }));
}

const PART = 100;

/** A roster of any length goes in parts: an edit of one name then moves a hundred of them and not all. `parts` are
 * those that are here already; one with room takes what fits into it. */
export async function invite(
  event: string,
  entries: readonly Entry[],
  parts: readonly { id: string; body: { entries: readonly Entry[] } }[] = [],
): Promise<void> {
  const on = phone();
  const roomy = parts.find(({ body }) => body.entries.length + entries.length <= PART);
  for (let from = 0; from < entries.length; from += PART) {
    const args = { event, entries: entries.slice(from, from + PART) };
    await put(on, toRoster(roomy?.id ?? on.newId(), 'invite', args));
  }
}

export async function uninvite(part: string, entries: string[]): Promise<void> {
  await put(phone(), toRoster(part, 'uninvite', { entries }));
}

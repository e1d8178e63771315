// One round as a row, the same in every list.

import type { NameOf } from '@/parts/directory';
import type { EvidenceState } from '@/parts/evidence';
import { dayKey, named, points, when } from '@/parts/words.svelte';
import type { RoundBody } from './model';
import { say } from './say';

export interface RoundRec {
  id: string;
  body: RoundBody;
  pending: number;
}
export interface RoundRow {
  title: string;
  second: string;
  mark?: { state: EvidenceState; word: string };
  figure?: string;
  /** what the figure is out of */
  of?: string;
  tag?: { text: string; bad: boolean };
}

export function rowOf(round: RoundRec, nameOf: NameOf, now: number): RoundRow {
  const w = say();
  const { body } = round;
  const kind = w.rhythm[body.rhythm] ?? named(body.title);
  const title = nameOf('outlet', body.outlet) || named(body.title);
  if (body.state === 'submitted')
    return {
      title,
      second: kind + w.comma + submittedWords(body.submitted_at, now),
      mark: markOf(round, now),
      figure: body.score ? points(body.score.points) : undefined,
      of: body.score ? points(body.score.max) : undefined,
    };
  if (body.state === 'cancelled')
    return { title, second: kind, tag: { text: w.cancelled, bad: false } };
  const late = body.due_at !== null && Date.parse(body.due_at) < now;
  const due = body.due_at ? w.comma + dueWords(body.due_at, now) : '';
  return {
    title,
    second: kind + due,
    tag: late
      ? { text: w.late, bad: true }
      : body.state === 'assigned'
        ? { text: w.notStarted, bad: false }
        : undefined,
  };
}

/** The hour of today, the day and the hour of any other day: an hour alone would be taken for today's. */
const near = (at: string, now: number): string =>
  when(at, dayKey(at) === dayKey(now) ? 'clock' : 'moment');

const dueWords = (due: string, now: number): string => say().by(near(due, now));

const submittedWords = (at: string | null, now: number): string =>
  at === null || dayKey(at) === dayKey(now) ? say().submitted : say().submittedOn(when(at, 'day'));

function markOf({ body, pending }: RoundRec, now: number): { state: EvidenceState; word: string } {
  const w = say();
  if (pending > 0 || body.received_at === null) return { state: 'device', word: w.device };
  if (body.verified) return { state: 'verified', word: w.verified(near(body.received_at, now)) };
  const { awaited } = body.evidence;
  return { state: 'received', word: awaited > 0 ? w.receivedWaits(awaited) : w.received };
}

export const isLiving = ({ body }: RoundRec): boolean =>
  body.state === 'assigned' || body.state === 'open';

export const isFilledBy = (round: RoundRec, me: string): boolean =>
  isLiving(round) && round.body.assignee === me;

/** Open today: due today or before, or begun, or opened for today; and what was handed in today. */
export function isForToday({ body }: RoundRec, me: string, now: number): boolean {
  if (body.assignee !== me) return false;
  const today = dayKey(now);
  if (body.state === 'open') return true;
  if (body.state === 'submitted')
    return body.submitted_at !== null && dayKey(body.submitted_at) === today;
  if (body.state !== 'assigned') return false;
  return body.opens_at === null || dayKey(body.opens_at) <= today;
}

/** What has to be done first stands first; then what was handed in, the newest first. */
export function byUrgency(a: RoundRec, b: RoundRec): number {
  const rank = ({ body }: RoundRec) =>
    body.state === 'open' ? 0 : body.state === 'assigned' ? 1 : body.state === 'submitted' ? 2 : 3;
  const due = ({ body }: RoundRec) => body.due_at ?? '';
  const done = ({ body }: RoundRec) => body.submitted_at ?? body.due_at ?? '';
  if (rank(a) !== rank(b)) return rank(a) - rank(b);
  return isLiving(a) ? due(a).localeCompare(due(b)) : done(b).localeCompare(done(a));
}

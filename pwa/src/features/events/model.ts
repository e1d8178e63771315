// Events and what belongs to them as they arrive from the server, and the questions that screens ask of them. Pure.
import type { Commands } from '@/generated/commands';
import { folded } from '@/parts/roster';
import { say } from './say';

export type Plan = Commands['events.plan'];
export type Kind = Plan['kind'];
export type Festival = NonNullable<Plan['festival']>;
export type Entry = Commands['events.invite']['entries'][number];
export type WalkIn = NonNullable<Commands['events.check_in']['walk_in']>;
export type CheckIn = Commands['events.check_in'];
export type How = CheckIn['how'];
export type Band = WalkIn['age_band'];
export type Seen = Commands['events.attach']['people'];
export type Outcome = Commands['events.done_follow_up']['outcome'];
export type Point = Commands['events.return']['points'][number];
export type State =
  | 'draft'
  | 'proposed'
  | 'approved'
  | 'open'
  | 'closed'
  | 'reported'
  | 'cancelled';

export const KINDS: Kind[] = [
  'festival',
  'community',
  'kindness',
  'children',
  'training',
  'meeting',
];
export const BANDS: Band[] = ['under_14', '14_17', '18_39', '40_59', '60_up'];
export const SEEN: Seen[] = ['nobody', 'covered', 'shown'];
export const OUTCOMES: Outcome[] = ['reached', 'not_reached', 'not_wanted'];
export const VOID_REASONS = ['mistake', 'twice', 'left'] as const;
/** What people are asked about and told about; a topic of another name is shown as it is written. */
export const TOPICS = [
  'fraud',
  'counterfeit',
  'e_banking',
  'savings',
  'pension',
  'insurance',
  'loans',
  'privacy',
];
/** Heads are counted under these; the first is the one of the large button. */
export const COUNTERS = ['visitors', 'children'];
export const MAIN_COUNTER = 'visitors';
export const CHOSEN_MAX = 6;
/** Kinds to which the house invites its own people. */
export const INWARD: ReadonlySet<Kind> = new Set<Kind>(['training', 'meeting']);

export interface Material {
  key: string;
  name: string;
  n: number;
  restocked: number;
  handed: number;
  handed_late: number;
  left: number;
  /** what was left when somebody counted, and what the books said then */
  counted: { n: number; expected: number; by: string; at: string } | null;
}
export interface Act {
  id: string;
  type: string;
  by: string;
  occurred_at: string;
  /** empty until the server has it */
  received_at: string;
  note: string;
  points: Point[];
}
export interface Result {
  by: string;
  at: string;
  cost: string;
  lessons: string;
  topics: string[];
  photos: string[];
  state: 'handed_in' | 'returned' | 'accepted';
}
export interface Counts {
  persons: number;
  guests: number;
  staff: number;
  walk_ins: number;
  sightings: number;
  late: number;
  voided: number;
}
export interface Judged {
  a: string;
  b: string;
  same: boolean;
  by: string;
  at: string;
}
export interface Question {
  id: string;
  text: string;
  topic: string;
  by: string;
  at: string;
}
export interface EventBody {
  kind: Kind;
  theme: string;
  outlet: string;
  line: string;
  place: string;
  day: string;
  until_day: string | null;
  starts: string;
  ends: string;
  festival: Festival | null;
  /** what is not hoped for may be left out */
  goals: { people?: number; follow_ups?: number; other?: string };
  topics: string[];
  materials: Material[];
  budget: string;
  minor_safe: boolean;
  staff: string[];
  planned_by: string;
  state: State;
  approver: string | null;
  approved_by: string | null;
  opened_at: string | null;
  closed_at: string | null;
  reason: string;
  counts: Counts;
  judged: Judged[];
  photos: { id: string; sha256: string; people: Seen; boxes: number; consent: string | null }[];
  questions: Question[];
  contacts: {
    asked: number;
    reached: number;
    not_reached: number;
    not_wanted: number;
    ended: number;
  };
  result: Result | null;
  acts: Act[];
  tallies: Record<string, number>;
  tallies_late: Record<string, number>;
  content_digest: string;
}
export interface EventRec {
  id: string;
  body: EventBody;
  pending: number;
}
export interface RosterBody {
  event: string;
  entries: Entry[];
}
export interface Void {
  by: string;
  at: string;
  reason: string;
  late: boolean;
}
export interface CheckInBody {
  event: string;
  key: string;
  how: How;
  entry: string | null;
  code: string | null;
  person: string | null;
  age_band: Band | null;
  interests: string[];
  by: string;
  device: string;
  at: string;
  occurred_at: string;
  /** empty until the server has it */
  received_at: string;
  late: boolean;
  void: Void | null;
}
/** One person seen once, by one phone. */
export interface Sighting extends CheckInBody {
  id: string;
}
export interface FollowUpBody {
  event: string;
  consent: string;
  name: string;
  phone: string;
  topic: string;
  note: string;
  by: string;
  at: string;
  /** empty until the server has it */
  received_at?: string;
}
export interface FollowUpRec {
  id: string;
  body: FollowUpBody;
  pending: number;
}

/** A sighting that names no device waits on this one. */
export const sightingOf = (
  { id, body }: { id: string; body: CheckInBody },
  device: string,
): Sighting => ({ id, ...body, device: body.device || device });

/** All parts of the roster as one list, in the order of names as people read them. */
export const entriesOf = (parts: readonly { body: RosterBody }[]): Entry[] =>
  parts
    .flatMap(({ body }) => body.entries)
    .sort((a, b) => COLLATOR.compare(a.name ?? '', b.name ?? '') || (a.id < b.id ? -1 : 1));
const COLLATOR = new Intl.Collator('zh-CN');

/** One spelling of a code, however it was typed or printed. */
export const codeKey = (code: string): string => folded(code);

/** Who the event is for: where the house invites its own people they count as well, elsewhere guests alone. */
export const cameOf = (kind: Kind, { persons, guests }: Counts): number =>
  INWARD.has(kind) ? persons : guests;

/** Counted without knowing who. */
export const looseOf = (body: EventBody): number =>
  Object.values(body.tallies).reduce((sum, n) => sum + n, 0);

/** The counters in use, the usual ones first. */
export const countersOf = (body: EventBody): string[] => [
  ...new Set([...COUNTERS, ...Object.keys(body.tallies)]),
];

/** What was said when it was last sent back; empty once that is answered. */
export function remarksOf(body: EventBody): Point[] {
  const last = body.acts.filter((act) => DECIDED.has(act.type)).at(-1);
  return last?.type === 'returned' ? last.points : [];
}
const DECIDED = new Set(['proposed', 'returned', 'approved', 'concluded', 'accepted']);

export const topicWord = (key: string): string => say().topics[key] ?? key;

/** Those of the house and those that are there already, each once. */
export const topicChoices = (known: readonly string[]): { key: string; text: string }[] =>
  [...new Set([...TOPICS, ...known])].map((key) => ({ key, text: topicWord(key) }));

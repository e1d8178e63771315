// A case as it arrives from the server, and the questions that screens ask of it. Pure.
import type { Body } from '@/foundation/store/tables';
import type { Step } from '@/foundation/workdays';
import type { Named } from '@/parts/words.svelte';

export type State =
  | 'open'
  | 'assigned'
  | 'accepted'
  | 'reported'
  | 'returned'
  | 'closed'
  | 'cancelled';
export type Severity = 'minor' | 'major' | 'serious' | 'danger';

export interface Point {
  about: string;
  comment: string;
}
export interface CaseEvent {
  id: string;
  type: string;
  by: string;
  occurred_at: string;
  /** empty until the server has it */
  received_at: string;
  note: string;
  photos: string[];
  points: Point[];
  to: string | null;
  /** whom they stood in for; absent on records from before there were deputies */
  for_person?: string | null;
}
export interface Extension {
  until: string;
  reason: string;
  by: string;
  answer: 'asked' | 'granted' | 'refused';
}
export interface Case {
  finding: string;
  round: string;
  outlet: string;
  line: string;
  item: { key: string; no: string; text: Named };
  severity: Severity;
  text: string;
  cause: string;
  measure: string;
  on_spot: boolean;
  state: State;
  owner: string | null;
  dept: string | null;
  handover: { to_unit: string; to_person: string | null; reason: string; by: string } | null;
  due_at: string | null;
  due_steps: Step[];
  late: boolean;
  raised_by: string;
  raised_at: string;
  fixed_by: string | null;
  reported_at: string | null;
  closed_at: string | null;
  extension: Extension | null;
  before: string[];
  after: string[];
  content_digest: string;
  events: CaseEvent[];
}
export interface Photo {
  id: string;
  parent: [string, string];
  purpose: string;
  sha256: string;
  thumb: string | null;
  type: string;
  by: string;
  taken_at: string;
  earliest: string | null;
  latest: string;
  state: 'awaited' | 'stored' | 'accepted' | 'refused' | 'waived' | 'sealed';
  reason: string | null;
  geo: { lat: number; lon: number; acc: number } | null;
}

const WAITING: ReadonlySet<State> = new Set(['open', 'assigned', 'accepted', 'returned']);

export const caseOf = (body: Body): Case => body as unknown as Case;
export const isLiving = (state: State): boolean => WAITING.has(state) || state === 'reported';

/** Derived, never stored: nobody has reported a fix and the due moment is past. */
export const isOverdue = (one: Case, now: number): boolean =>
  WAITING.has(one.state) && one.due_at !== null && Date.parse(one.due_at) < now;

export const isLate = (one: Case, now: number): boolean => one.late || isOverdue(one, now);

/** The nearest deadline first; without one, the oldest. */
export function byDue(a: Case, b: Case): number {
  const due = (one: Case) => (one.due_at ? Date.parse(one.due_at) : Number.MAX_SAFE_INTEGER);
  return due(a) - due(b) || Date.parse(a.raised_at) - Date.parse(b.raised_at);
}

export const asksForTime = (one: Case): boolean =>
  one.extension?.answer === 'asked' && WAITING.has(one.state);

/** Metres between two places, on a sphere: good to a percent, and the accuracy is larger anyway. */
export function metres(a: Photo['geo'], b: Photo['geo']): { apart: number; within: number } | null {
  if (!a || !b) return null;
  const rad = (n: number) => (n / 1e6) * (Math.PI / 180);
  const x = (rad(b.lon) - rad(a.lon)) * Math.cos((rad(a.lat) + rad(b.lat)) / 2);
  const apart = Math.hypot(x, rad(b.lat) - rad(a.lat)) * 6_371_000;
  return { apart: Math.round(apart), within: Math.round(a.acc + b.acc) };
}

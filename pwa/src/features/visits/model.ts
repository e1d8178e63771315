// A visit and what belongs to it, as they travel, and the questions screens ask of them. Pure.
import type { Position } from '@/foundation/evidence/position';
import type { PinCheck } from '@/foundation/identity/pins';
import type { Commands } from '@/generated/commands';

type Request = Commands['visits.request'];
export type Kind = Request['kind'];
export type Business = Request['business'];
export type Why = Request['why'];
export type AddressAs = Request['person']['address_as'];
export type Topic = Commands['visits.guide']['topics'][number];
export type Point = Commands['visits.return']['points'][number];
export type State =
  | 'requested'
  | 'scheduled'
  | 'under_way'
  | 'submitted'
  | 'returned'
  | 'accepted'
  | 'declined'
  | 'postponed'
  | 'cancelled';
export type Aspect = 'identity' | 'condition' | 'intention' | 'photos' | 'recording';

export interface VisitEvent {
  id: string;
  type: string;
  by: string;
  occurred_at: string;
  /** empty until the server has it */
  received_at: string;
  /** of what was only kept beside the visit */
  what: string | null;
  /** whom they stood in for; absent on records from before there were deputies */
  for_person?: string | null;
}
export interface PresenceBody {
  person: string;
  how: 'own_device' | 'pin';
  at: string;
  occurred_at: string;
  received_at: string;
}
export interface HandOverBody {
  id: string;
  what: 'sealed_bag' | 'receipt';
  number: string;
  giver: string;
  taker: string;
  at: string;
  by: string;
}
export interface Authority {
  business: string[];
  scope: 'once' | 'until_expiry';
  until: string;
}
export interface Refusal {
  by: 'customer' | 'staff';
  reason: string;
  alternative: string;
  person: string;
  at: string;
}
export interface Forgotten {
  aspect: string;
  action: 'erase' | 'seal';
  cause: 'withdrawal' | 'retention' | 'request';
  at: string;
}
export interface VisitBody {
  kind: Kind;
  outlet: string;
  line: string;
  asked_by: string;
  channel: string;
  business: string;
  day: string;
  begins: string;
  ends: string;
  state: State;
  requested_by: string;
  requested_at: string;
  staff: string[];
  scheduled_by: string | null;
  presences: PresenceBody[];
  authority: Authority | null;
  guidance: { topics: string[]; minutes: number } | null;
  hand_overs: HandOverBody[];
  delays: (Refusal & { day: string | null })[];
  refusal: Refusal | null;
  cancelled: { reason: string; person: string; at: string } | null;
  submitted_by: string | null;
  submitted_at: string | null;
  reviewed_by: string | null;
  decided_at: string | null;
  returns: { by: string; at: string; points: string[] }[];
  events: VisitEvent[];
  forgotten: Forgotten[];
  authorisation: string | null;
  evidence: {
    expected: number;
    accepted: number;
    refused: number;
    waived: number;
    awaited: number;
  };
  complete: boolean;
  content_digest: string;
}
export interface PersonBody {
  visit: string;
  outlet: string;
  line: string;
  name: string;
  address_as: string;
  address: string;
  why: string;
  phone: string | null;
  agent: { name: string; relationship: string; phone: string | null } | null;
  remarks: { id: string; about: string; text: string; by: string; at: string }[];
  places: { person: string; geo: Position }[];
  /** by which this phone tells a slip of the finger in a colleague's PIN */
  pins: Record<string, PinCheck>;
  sealed: boolean;
}
export interface SightingBody {
  of: 'principal' | 'agent';
  document: { kind: string; last_four: string | null; matches: boolean; by: string; at: string };
}
export interface Observed {
  responds_to_name: Seen;
  states_purpose: Seen;
  doubt: boolean;
  note: string;
  by: string;
  at: string;
}
export type Seen = 'yes' | 'no' | 'unclear';
export interface AnswerBody {
  visit: string;
  aspect: Aspect;
  sealed: boolean;
  sightings: SightingBody[];
  agent: { present: boolean; relationship: string; by: string; at: string } | null;
  /** each of the two sees and hears for themselves */
  observed: Observed[];
  intention: { words: string; by: string; at: string }[];
  recording: { recorder: string; number: string; by: string; at: string } | null;
  photos: string[];
  late: { what: string; by: string; occurred_at: string; received_at: string; values: object }[];
}
export interface Use {
  id: string;
  business: string;
  reference: string;
  by: string;
  occurred_at: string;
  received_at: string;
}
export interface AuthorisationBody {
  visit: string;
  outlet: string;
  line: string;
  number: string;
  business: string[];
  scope: 'once' | 'until_expiry';
  until: string;
  issued_by: string;
  issued_at: string;
  state: 'issued' | 'used' | 'revoked';
  uses: Use[];
  revoked: { by: string; reason: string; at: string } | null;
  aside: (Use & { code: string })[];
}
export interface RouteBody {
  person: string;
  day: string;
  order: string[];
}
export interface NoticeBody {
  code: string;
  edition: string;
  title: { zh: string; en: string };
  points: { kind: string; text: { zh: string; en: string } }[];
  purposes: string[];
  published_at: string;
  retired_at: string | null;
}

/** States in which the two of the visit go on recording. */
const IN_HAND: ReadonlySet<State> = new Set(['scheduled', 'postponed', 'under_way', 'returned']);
const ENDED: ReadonlySet<State> = new Set(['accepted', 'declined', 'cancelled']);

export const isInHand = (state: State): boolean => IN_HAND.has(state);
/** Somebody was there, so there is something to read. */
export const isInCourse = (state: State): boolean =>
  state === 'under_way' || state === 'submitted' || state === 'returned' || state === 'accepted';
export const hasEnded = (state: State): boolean => ENDED.has(state);
export const isMine = (visit: VisitBody, me: string): boolean => visit.staff.includes(me);
export const signedIn = (visit: VisitBody): Set<string> =>
  new Set(visit.presences.map(({ person }) => person));
export const colleagueOf = (visit: VisitBody, me: string): string | null =>
  visit.staff.find((one) => one !== me) ?? null;

export const purposeOf = (aspect: string): string => `visits.${aspect}`;

/** What a visit of this kind has to ask the customer about, in the order of the visit. */
const ASKED: Record<Kind, readonly string[]> = {
  verification: ['address', 'identity', 'condition', 'intention', 'photos', 'recording'],
  guidance: ['address', 'photos'],
  collection: ['address', 'photos'],
};
export const asksAbout = (kind: Kind, notice: NoticeBody): string[] =>
  ASKED[kind].map(purposeOf).filter((purpose) => notice.purposes.includes(purpose));

/** The newest in force that speaks of visits. */
export function noticeFor<N extends { body: NoticeBody }>(notices: readonly N[]): N | null {
  const usable = notices.filter(
    ({ body }) =>
      body.retired_at === null && body.purposes.some((purpose) => purpose.startsWith('visits.')),
  );
  return usable.sort((a, b) => (a.body.published_at < b.body.published_at ? 1 : -1))[0] ?? null;
}

/** Local day by day: the last day of an authorisation still counts. */
export const isExpired = (one: AuthorisationBody, today: string): boolean => one.until < today;
export const isUsable = (one: AuthorisationBody, today: string): boolean =>
  one.state === 'issued' && !isExpired(one, today);

export const byTime = (a: VisitBody, b: VisitBody): number => {
  const key = (one: VisitBody) => `${one.day} ${one.begins}`;
  return key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0;
};

/** In the order that the person chose, then by time: a new visit stands where its time puts it. */
export function inOrder<V extends { id: string; body: VisitBody }>(
  visits: readonly V[],
  order: readonly string[],
): V[] {
  const place = new Map(order.map((id, i) => [id, i]));
  const chosen = visits
    .filter(({ id }) => place.has(id))
    .sort((a, b) => (place.get(a.id) ?? 0) - (place.get(b.id) ?? 0));
  const rest = visits.filter(({ id }) => !place.has(id)).sort((a, b) => byTime(a.body, b.body));
  const out = [...chosen];
  for (const one of rest) {
    const at = out.findIndex((other) => byTime(one.body, other.body) < 0);
    if (at < 0) out.push(one);
    else out.splice(at, 0, one);
  }
  return out;
}

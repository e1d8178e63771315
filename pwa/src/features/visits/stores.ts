// What the screens read, live from this device: visits with everything of them that this phone holds.
import type { Held } from '@/foundation/identity/rights';
import type { Live } from '@/foundation/live';
import { live } from '@/foundation/live';
import type { Phone } from '@/foundation/phone';
import { type Rec, readKind } from '@/foundation/reading';
import { readMe } from '@/parts/directory';
import type { PhotoBody } from '@/parts/photo';
import type { Named } from '@/parts/words.svelte';
import type { ConsentBody } from './consents';
import type {
  AnswerBody,
  Aspect,
  AuthorisationBody,
  NoticeBody,
  PersonBody,
  RouteBody,
  VisitBody,
} from './model';

export type Photo = { id: string; body: PhotoBody };
export interface Reader {
  id: string;
  posts: readonly Held[];
}
/** A visit and what this phone holds of it. */
export interface Known {
  id: string;
  body: VisitBody;
  /** commands about it that have not left this device */
  pending: number;
  /** undefined where this phone may not have it, or has not got it yet */
  person: PersonBody | undefined;
  /** since when the person's record is erased */
  erasedAt: string | null;
  answers: ReadonlyMap<Aspect, AnswerBody>;
  consents: (ConsentBody & { id: string })[];
  photos: Photo[];
}
export interface Colleague {
  id: string;
  name: string;
  active: boolean;
  posts: (Held & { title: Named })[];
}
export interface Desk {
  me: Reader;
  visits: Known[];
  authorisations: Rec<AuthorisationBody>[];
  notices: { id: string; body: NoticeBody }[];
  staff: Colleague[];
  routes: RouteBody[];
}

const KINDS = [
  'visit',
  'visit_person',
  'visit_answer',
  'visit_route',
  'authorisation',
  'consent',
  'photo',
  'privacy_notice',
  'person',
  'deputy',
  'erasure',
];

export const desk = (): Live<Desk> => live({ tables: ['rec', 'local'], kinds: KINDS }, read);

export async function read(on: Phone): Promise<Desk> {
  const [me, visits, authorisations, notices, people, routes, held] = await Promise.all([
    readMe(on),
    readKind<VisitBody>(on, 'visit'),
    readKind<AuthorisationBody>(on, 'authorisation'),
    readKind<NoticeBody>(on, 'privacy_notice'),
    readKind<Omit<Colleague, 'id'>>(on, 'person'),
    readKind<RouteBody>(on, 'visit_route'),
    readHeld(on),
  ]);
  return {
    me: { id: me.id, posts: me.posts },
    visits: visits.map((visit) => whole(visit, held)),
    authorisations,
    notices,
    staff: people.map(({ id, body }) => ({ ...body, id })),
    routes: routes.map(({ body }) => body),
  };
}

type Held_ = Awaited<ReturnType<typeof readHeld>>;

async function readHeld(on: Phone) {
  const [persons, answers, consents, photos, erasures] = await Promise.all([
    readKind<PersonBody>(on, 'visit_person'),
    readKind<AnswerBody>(on, 'visit_answer'),
    readKind<ConsentBody>(on, 'consent'),
    readKind<PhotoBody>(on, 'photo'),
    readKind<{ at: string }>(on, 'erasure'),
  ]);
  return {
    persons: new Map(persons.map((row) => [row.id, row])),
    answers: grouped(answers, ({ id }) => id.split('.')[0] ?? ''),
    consents: grouped(consents, ({ body }) => body.parent.join(':')),
    photos: grouped(photos, ({ body }) => body.parent.join(':')),
    erased: new Map(erasures.map(({ id, body }) => [id, body.at])),
  };
}

function whole({ id, body, pending }: Rec<VisitBody>, held: Held_): Known {
  const person = held.persons.get(id);
  const answers = held.answers.get(id) ?? [];
  const photos = held.photos.get(`visit:${id}`) ?? [];
  const waiting = [person, ...answers].reduce((sum, row) => sum + (row?.pending ?? 0), pending);
  return {
    id,
    body,
    pending: waiting,
    person: person?.body,
    erasedAt: held.erased.get(`visit_person.${id}`) ?? null,
    answers: new Map(answers.map((row) => [row.body.aspect, row.body])),
    consents: (held.consents.get(`visit:${id}`) ?? []).map((row) => ({ ...row.body, id: row.id })),
    photos: [...photos].sort((a, b) => (a.body.taken_at < b.body.taken_at ? -1 : 1)),
  };
}

function grouped<T>(rows: readonly T[], keyOf: (row: T) => string): Map<string, T[]> {
  const found = new Map<string, T[]>();
  for (const row of rows) {
    const key = keyOf(row);
    found.set(key, [...(found.get(key) ?? []), row]);
  }
  return found;
}

/** What the two staff saw made one of them wonder: a supervisor decides. */
export const hasDoubt = ({ answers }: Known): boolean =>
  answers.get('condition')?.observed.some(({ doubt }) => doubt) ?? false;

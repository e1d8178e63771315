// What the screens of this feature read: cases, their photos, and the names in their sentences.
import { lentPosts } from '@/foundation/identity/deputies';
import type { Live } from '@/foundation/live';
import { live } from '@/foundation/live';
import type { Phone } from '@/foundation/phone';
import { readKind } from '@/foundation/reading';
import type { CalendarBody, OutletDays } from '@/foundation/workdays';
import type { Named } from '@/parts/words.svelte';
import { actsOf, type Reader } from './acts';
import { byDue, type Case, caseOf, isLiving, type Photo } from './model';

export interface Known {
  id: string;
  one: Case;
  rev: number;
  /** commands about it that have not left this device */
  pending: number;
}
export interface Post {
  role: string;
  unit: string | null;
  outlet: string | null;
  line: string | null;
  title: Named;
  held_from: string;
  held_to: string | null;
}
export interface Person {
  id: string;
  name: string;
  posts: Post[];
  active: boolean;
}
export interface Place {
  id: string;
  name: Named;
  unit: string | null;
  closed_on?: string | null;
}
export type OutletPlace = Place & OutletDays;
export interface Desk {
  me: Reader;
  cases: Known[];
  photos: Map<string, Photo>;
  people: Map<string, Person>;
  outlets: Map<string, OutletPlace>;
  units: Map<string, Place>;
  lines: Map<string, Place>;
  calendar: CalendarBody[];
}

const KINDS = ['rectification', 'photo', 'person', 'deputy', 'outlet', 'unit', 'line', 'calendar'];

export const desk = (): Live<Desk> => live({ tables: ['rec', 'local'], kinds: KINDS }, read);

async function read(phone: Phone): Promise<Desk> {
  const [cases, photos, people, outlets, units, lines, calendar, lent] = await Promise.all([
    readKind(phone, 'rectification'),
    readKind<Omit<Photo, 'id'>>(phone, 'photo'),
    readKind<Omit<Person, 'id'>>(phone, 'person'),
    readKind<Omit<OutletPlace, 'id'>>(phone, 'outlet'),
    readKind<Omit<Place, 'id'>>(phone, 'unit'),
    readKind<Omit<Place, 'id'>>(phone, 'line'),
    readKind<CalendarBody>(phone, 'calendar'),
    lentPosts<Post>(phone),
  ]);
  const own = [...(people.find((row) => row.id === phone.person.id)?.body.posts ?? []), ...lent];
  const named = <P extends object>(rows: { id: string; body: P }[]) =>
    new Map(rows.map(({ id, body }) => [id, { ...body, id }]));
  return {
    me: { id: phone.person.id, roles: new Set(own.map((post) => post.role)), posts: own },
    cases: cases
      .map(({ id, body, rev, pending }) => ({ id, one: caseOf(body), rev, pending }))
      .sort((a, b) => byDue(a.one, b.one)),
    photos: new Map(photos.map(({ id, body }) => [id, { ...body, id }])),
    people: new Map(people.map(({ id, body }) => [id, { ...body, id }])),
    outlets: named(outlets),
    units: named(units),
    lines: named(lines),
    calendar: calendar.map(({ body }) => body),
  };
}

export const mineToFix = (one: Case, me: Reader): boolean =>
  isLiving(one.state) && one.state !== 'reported' && actsFix(one, me);

function actsFix(one: Case, me: Reader): boolean {
  const acts = actsOf(one, me);
  return one.owner === me.id || acts.has('accept') || acts.has('take_over');
}

/** Reported fixes, requests for time, and cases nobody has been given: what waits for this person. */
export function mineToDecide(one: Case, me: Reader): boolean {
  const acts = actsOf(one, me);
  return acts.has('approve') || acts.has('refuse_extension');
}

/** Photos of the fix that have not arrived whole. */
export const awaitedOf = (one: Case, photos: ReadonlyMap<string, Photo>): number =>
  one.after.filter((id) => {
    const state = photos.get(id)?.state;
    return state !== 'accepted' && state !== 'waived' && state !== 'sealed';
  }).length;

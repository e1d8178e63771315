// What the screens read, live from this device.
import { live } from '@/foundation/live';
import { readKind, record, records } from '@/foundation/reading';
import type { Post } from '@/parts/directory';
import type { PhotoBody } from '@/parts/photo';
import type { Named } from '@/parts/words.svelte';
import type { NoticeBody } from './consents';
import type { EventBody, FollowUpBody, RosterBody } from './model';

export const events = () => records<EventBody>('event');
export const event = (id: string) => record<EventBody>('event', id);
export const notices = () => records<NoticeBody>('privacy_notice');
export const outlets = () =>
  records<{ code: string; name: Named; closed_on?: string | null }>('outlet');
export const lines = () => records<{ name: Named; closed_on?: string | null }>('line');

export const photosOf = (id: string) =>
  live({ tables: ['rec', 'local'], kinds: ['photo'] }, async (phone) =>
    (await readKind<PhotoBody>(phone, 'photo'))
      .filter(({ body }) => body.parent[0] === 'event' && body.parent[1] === id)
      .filter(({ body }) => body.purpose !== 'signature')
      .sort((a, b) => (a.body.taken_at < b.body.taken_at ? -1 : 1)),
  );

export const followUpsOf = (id: string) =>
  live({ tables: ['rec', 'local'], kinds: ['event_follow_up'] }, async (phone) =>
    (await readKind<FollowUpBody>(phone, 'event_follow_up'))
      .filter(({ body }) => body.event === id)
      .sort((a, b) => (a.body.at < b.body.at ? 1 : -1)),
  );

/** The parts of a roster with their ids, for whoever edits it. */
export const partsOf = (id: string) =>
  live({ tables: ['rec', 'local'], kinds: ['event_roster'] }, async (phone) =>
    (await readKind<RosterBody>(phone, 'event_roster')).filter(({ body }) => body.event === id),
  );

interface ConsentBody {
  parent: [string, string];
  answers: { purpose: string; given: boolean; withdrawn_at: string | null }[];
  given_at: string;
}
/** Yeses to one purpose at this event that still stand. */
export const consentsOf = (id: string, purpose: string) =>
  live({ tables: ['rec', 'local'], kinds: ['consent'] }, async (phone) =>
    (await readKind<ConsentBody>(phone, 'consent'))
      .filter(({ body }) => body.parent[0] === 'event' && body.parent[1] === id)
      .filter(({ body }) =>
        body.answers.some((one) => one.purpose === purpose && one.given && !one.withdrawn_at),
      )
      .map((row) => ({ id: row.id, at: row.body.given_at })),
  );

export interface Person {
  name: string;
  posts: Post[];
  active: boolean;
}
/** Who may be asked to work at an event of this outlet and line: a guess; the server decides. */
export const people = (at: () => { outlet: string; line: string } | null) =>
  live({ tables: ['rec'], kinds: ['person'] }, async (phone) =>
    (await readKind<Person>(phone, 'person'))
      .filter(({ body }) => body.active && body.posts.some((post) => covers(post, at())))
      .sort((a, b) => a.body.name.localeCompare(b.body.name)),
  );

const covers = (post: Post, at: { outlet: string; line: string } | null): boolean =>
  !at ||
  ((post.outlet === null || post.outlet === at.outlet) &&
    (post.line === null || post.line === at.line));

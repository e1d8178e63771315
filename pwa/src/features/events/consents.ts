// What is asked of people at an event, from the purposes that the server declares: what for, how long, and what
// happens instead. Only the wording of the question is the phone's own.
import { PURPOSES, RETENTION } from '@/generated/privacy';
import type { ConsentQuestion } from '@/parts/consent';
import { named } from '@/parts/words.svelte';
import { sayPeople } from './wordsOfPeople';

export const CONTACT = 'events.contact';
export const CHILDREN = 'events.children';
export type Asked = typeof CONTACT | typeof CHILDREN;

export interface NoticeBody {
  code: string;
  edition: string;
  purposes: string[];
  published_at: string;
  retired_at: string | null;
}

export function questionOf(purpose: Asked): ConsentQuestion {
  const asked = sayPeople().questionsAsked[purpose];
  const known = PURPOSES[purpose];
  const kept = known ? RETENTION[known.retention] : undefined;
  return {
    id: purpose,
    title: asked.title,
    purpose: known ? named(known) : asked.title,
    keeping: kept ? named(kept) : '',
    refusing: asked.refusing,
    alternative: asked.alternative,
  };
}

/** The wording in force that names this purpose: the latest that was not taken out of use. */
export const inForce = <N extends { id: string; body: NoticeBody }>(
  notices: readonly N[],
  purpose: string,
): N | null =>
  notices
    .filter(({ body }) => body.retired_at === null && body.purposes.includes(purpose))
    .sort((a, b) => b.body.published_at.localeCompare(a.body.published_at))[0] ?? null;

// Who is signed in, as the organisation knows them: posts, those of the people whose deputy they are among
// them, and the roles these give.
import { lentPosts } from '@/foundation/identity/deputies';
import type { Held } from '@/foundation/identity/rights';
import type { Live } from '@/foundation/live';
import { live } from '@/foundation/live';
import type { Phone } from '@/foundation/phone';
import { readKind, readOne } from '@/foundation/reading';
import type { Named } from './words.svelte';
import { named } from './words.svelte';

export interface Post extends Held {
  title: Named;
  held_from: string;
  held_to: string | null;
}
export interface Me {
  id: string;
  name: string;
  posts: Post[];
  roles: ReadonlySet<string>;
}

export const me = (): Live<Me> =>
  live({ tables: ['rec', 'local'], kinds: ['person', 'deputy'] }, readMe);

export async function readMe(phone: Phone): Promise<Me> {
  const { id, name } = phone.person;
  const known = await readOne<{ name: string; posts: Post[] }>(phone, ['person', id]);
  const posts = [...(known?.body.posts ?? []), ...(await lentPosts<Post>(phone))];
  const roles = new Set(posts.map((post) => post.role));
  return { id, name: known?.body.name ?? name, posts, roles };
}

/** Names of outlets, people and units by id, for sentences about records. */
export type NameOf = (kind: string, id: unknown) => string;

const KINDS = ['outlet', 'person', 'unit', 'line'];

/** Answers in the tongue of the moment it is asked; an unknown id has an empty name. */
export const names = (): Live<NameOf> =>
  live({ tables: ['rec'], kinds: KINDS }, async (phone) => {
    const known = new Map<string, Named | string>();
    for (const kind of KINDS)
      for (const { id, body } of await readKind<{ name: Named | string }>(phone, kind))
        known.set(`${kind}:${id}`, body.name);
    return (kind, id) => {
      const name = known.get(`${kind}:${String(id)}`);
      return typeof name === 'string' ? name : named(name);
    };
  });

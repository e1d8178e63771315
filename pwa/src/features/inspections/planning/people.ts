// Who may be asked to inspect: by post, for an outlet and a line. A guess; the server decides.
import { live } from '@/foundation/live';
import { readKind } from '@/foundation/reading';
import type { Post } from '@/parts/directory';
import { INSPECTING } from './reach';

export interface Person {
  name: string;
  posts: Post[];
  active: boolean;
}

export const people = () =>
  live({ tables: ['rec'], kinds: ['person'] }, async (phone) =>
    (await readKind<Person>(phone, 'person'))
      .filter(
        ({ body }) => body.active && body.posts.some((post) => INSPECTING.includes(post.role)),
      )
      .sort((a, b) => rank(a.body) - rank(b.body) || a.body.name.localeCompare(b.body.name)),
  );

const rank = (person: Person): number =>
  person.posts.some((post) => post.role === 'inspector') ? 0 : 1;

// What a person is offered: a guess from the posts they hold and the generated machines. The server
// decides again, and its refusal is explained like any other.

import { MACHINES } from '@/generated/machines';

export interface Held {
  role: string;
  unit: string | null;
  outlet: string | null;
  line: string | null;
  /** whose post it is, where that is somebody absent whose deputy this person is */
  forPerson?: string;
}

/** Where a record belongs; one without a line is nobody's alone. */
export interface Placed {
  outlet: string;
  line?: string | null;
}

/** A post covers a record when it names its outlet and line, or leaves them open. */
export const holds = (posts: readonly Held[], role: string, at: Placed): boolean =>
  posts.some((post) => post.role === role && covers(post, at));

const covers = (post: Held, at: Placed): boolean =>
  (post.outlet === null || post.outlet === at.outlet) &&
  (at.line === undefined || post.line === null || post.line === at.line);

export const holdsAny = (posts: readonly Held[], roles: readonly string[], at: Placed): boolean =>
  roles.some((role) => holds(posts, role, at));

/** For whom one would decide there: null where a post of one's own allows it, or none does. */
export function standsInFor(
  posts: readonly Held[],
  roles: readonly string[],
  at: Placed,
): string | null {
  const fit = posts.filter((post) => roles.includes(post.role) && covers(post, at));
  if (fit.some((post) => !post.forPerson)) return null;
  return fit[0]?.forPerson ?? null;
}

/** Whether the machine lets these posts make the move from here; one name may stand for several moves, each
 * from states of its own. A move that names no role is the owner's: whether that is this person, the
 * feature knows. */
export function lets(
  machine: string,
  move: string,
  state: string,
  posts: readonly Held[],
  at: Placed,
): boolean {
  const known = MACHINES[machine]?.moves.filter((one) => one.name === move) ?? [];
  return known.some(
    ({ sources, roles }) =>
      sources.includes(state) && (roles.length === 0 || holdsAny(posts, roles, at)),
  );
}

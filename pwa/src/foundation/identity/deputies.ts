// For whom this person decides while they are away, as it lies on this device. The server judges the days
// again, by when something was decided.
import { dayKey } from '@/foundation/clock/day';
import type { Phone } from '@/foundation/phone';
import { readKind } from '@/foundation/reading';
import type { Held } from './rights';

/** Who decides for whom, both days counted (identity/model.py). */
export interface DeputyBody {
  person: string;
  deputy: string;
  first_day: string;
  last_day: string;
  appointed_at: string;
  ended_at: string | null;
}
export type DeputyState = 'coming' | 'lasting' | 'over';

/** What an absent person's deputy stands in for: work that is theirs by name is handed over. */
export const DEPUTISED: ReadonlySet<string> = new Set([
  'manager',
  'line_lead',
  'secretariat',
  'outlet_head',
  'security',
]);
export const DEPUTY_DAYS_MAX = 92;

export function stateOf(body: DeputyBody, today: string): DeputyState {
  if (body.ended_at !== null || body.last_day < today) return 'over';
  return body.first_day > today ? 'coming' : 'lasting';
}

export interface Lent extends Held {
  held_from: string;
  held_to: string | null;
}

/** Posts of those whose deputy this person is now, each with whose it is. */
export async function lentPosts<P extends Lent>(on: Phone): Promise<P[]> {
  const today = dayKey(on.now());
  const rows = await readKind<DeputyBody>(on, 'deputy');
  const absent = new Set(
    rows
      .filter(({ body }) => body.deputy === on.person.id && stateOf(body, today) === 'lasting')
      .map(({ body }) => body.person),
  );
  if (!absent.size) return [];
  const people = await readKind<{ posts: P[]; active: boolean }>(on, 'person');
  return people
    .filter(({ id, body }) => absent.has(id) && body.active)
    .flatMap(({ id, body }) => body.posts.map((post) => ({ ...post, forPerson: id })))
    .filter((post) => DEPUTISED.has(post.role) && isHeld(post, today));
}

const isHeld = ({ held_from, held_to }: Lent, today: string): boolean =>
  held_from <= today && (held_to === null || today <= held_to);

// Whether somebody may be asked to inspect somewhere, as the server counts it (backend/foundation/identity/grants.py
// and inspections/rules/planning.py). A plan is proposed without signal; the server decides again. Pure.
import type { Post } from '@/parts/directory';

export interface UnitBody {
  code: string;
  level: 'branch' | 'sub_branch' | 'department';
  parent: string | null;
}
export type Units = ReadonlyMap<string, UnitBody>;
export interface Place {
  id: string;
  code: string;
  unit: string;
}
/** What is planned, and the local date on which posts count. */
export interface Errand {
  line: string;
  rhythm: string;
  today: string;
}

export const INSPECTING = ['inspector', 'security', 'outlet_head', 'line_lead', 'manager'];
/** In these an outlet looks at itself. */
const SELF_RHYTHMS = ['daily', 'self_check'];
const RESTRICTED_LINE = 'security';
const WHOLE_LINE_ROLES = ['admin', 'dpo', 'outlet_head'];
const DEPTH_MAX = 12;

/** Nobody is asked to rate the outlet they work in, unless it looks at itself. */
export function maySend(
  posts: readonly Post[],
  place: Place,
  errand: Errand,
  units: Units,
): boolean {
  const held = heldOn(posts, errand.today);
  const own = held.some((post) => post.outlet === place.id);
  if (own && !SELF_RHYTHMS.includes(errand.rhythm)) return false;
  return reaches(held, INSPECTING, { place, line: errand.line }, units);
}

export const heldOn = (posts: readonly Post[], day: string): Post[] =>
  posts.filter(({ held_from, held_to }) => held_from <= day && (!held_to || day <= held_to));

export const reaches = (
  posts: readonly Post[],
  roles: readonly string[],
  at: { place: Place; line: string },
  units: Units,
): boolean =>
  posts.some(
    (post) =>
      roles.includes(post.role) && coversLine(post, at.line) && coversPlace(post, at.place, units),
  );

const coversLine = (post: Post, line: string): boolean =>
  post.line === line ||
  (post.line === null && (line !== RESTRICTED_LINE || WHOLE_LINE_ROLES.includes(post.role)));

function coversPlace(post: Post, place: Place, units: Units): boolean {
  if (post.outlet !== null) return post.outlet === place.id;
  if (post.unit === null) return true;
  const home = upFrom(post.unit, units).find((id) => isHome(units.get(id)));
  if (!home) return false;
  const roots = [...units.values()].filter(({ parent }) => parent === null);
  if (roots.length === 1 && units.get(home)?.parent === null) return true;
  return upFrom(place.unit, units).includes(home);
}

/** A department serves the branch that it is in. */
const isHome = (unit: UnitBody | undefined): boolean =>
  unit !== undefined && (unit.level !== 'department' || unit.parent === null);

/** The unit and all above it. A ring of parents ends. */
function upFrom(unit: string, units: Units): string[] {
  const way: string[] = [];
  for (
    let at: string | null = unit;
    at && way.length < DEPTH_MAX;
    at = units.get(at)?.parent ?? null
  )
    way.push(at);
  return way;
}

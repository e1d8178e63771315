// What a saved view opens today: its filter without what this person's posts no longer cover or nobody knows any
// more, and what there is to tell of that. Pure.
import type { View } from '@/foundation/savedViews/rules';
import type { Named } from '@/parts/words.svelte';
import { fromAddress, type Wanted } from './filters';

export interface Place {
  name: Named;
  closed_on?: string | null;
}
export interface Someone {
  name: string;
  active: boolean;
}
export interface Reach {
  /** `desk:<outlet>:<line>` of every list this person reads; null: all of them */
  desks: ReadonlySet<string> | null;
  outlets: ReadonlyMap<string, Place>;
  lines: ReadonlyMap<string, Place>;
  people: ReadonlyMap<string, Someone>;
  today: string;
}
/** Left out: unseen (outside of the posts of today), unknown, newer (of another version of the app). Still asked
 * for: closed, and somebody who has left. */
export type Why = 'unseen' | 'unknown' | 'newer' | 'closed' | 'left';
export interface Told {
  key: string;
  id: string;
  why: Why;
}
export interface Opened {
  query: Record<string, string>;
  told: Told[];
}
const LOST = new Set<Why | null>(['unseen', 'unknown', 'newer']);
const PERSON = ['owner', 'assignee'];

export function opened(view: View, keys: readonly string[], reach: Reach): Opened {
  const query: Record<string, string> = {};
  const told: Told[] = [];
  for (const [key, value] of Object.entries(view.query)) {
    const id = keys.includes(key) && typeof value === 'string' ? value : '';
    const why = id ? whyOf(key, id, query.outlet ?? view.query.outlet, reach) : 'newer';
    if (why) told.push({ key, id, why });
    if (!LOST.has(why)) query[key] = id;
  }
  return { query, told };
}

function whyOf(key: string, id: string, outlet: unknown, reach: Reach): Why | null {
  if (PERSON.includes(key)) {
    const person = reach.people.get(id);
    return person ? (person.active ? null : 'left') : 'unknown';
  }
  if (key !== 'outlet' && key !== 'line') return null;
  const place = reach[`${key}s`].get(id);
  if (!place) return 'unknown';
  if (!covers(key, id, outlet, reach)) return 'unseen';
  return place.closed_on && place.closed_on <= reach.today ? 'closed' : null;
}

/** A line counts where the outlet beside it is: a post may cover it elsewhere only. */
function covers(key: 'outlet' | 'line', id: string, outlet: unknown, { desks }: Reach): boolean {
  if (!desks) return true;
  const all = [...desks].map((desk) => desk.split(':'));
  if (key === 'outlet') return all.some(([, at]) => at === id);
  const there = all.filter(([, at]) => at === outlet);
  return (there.length ? there : all).some(([, , line]) => line === id);
}

export interface Begun {
  wanted: Wanted;
  view: string;
}

/** What a list begins with: the filter in the address, else the view that it names, else the standard one. */
export function begin(
  address: URLSearchParams,
  list: string,
  keys: readonly string[],
  views: readonly View[],
  reach: Reach,
): Begun {
  const wanted = fromAddress(address, keys);
  const own = views.filter((one) => one.list === list);
  const named = own.find(({ id }) => id === address.get('view'));
  if (address.has('all') || Object.values(wanted).some(Boolean))
    return { wanted, view: named?.id ?? '' };
  const first = named ?? own.find(({ standard }) => standard);
  if (!first) return { wanted, view: '' };
  return { wanted: { ...wanted, ...opened(first, keys, reach).query }, view: first.id };
}

export const isSame = (one: Record<string, string>, other: Record<string, string>): boolean =>
  Object.keys({ ...one, ...other }).every((key) => one[key] === other[key]);

// Which events stand in which list, and in what order. Pure.
import { dayKey } from '@/parts/words.svelte';
import type { EventRec } from './model';

export type { EventRec };

export type GroupKey = 'today' | 'coming' | 'waiting' | 'past';
export interface Group {
  key: GroupKey;
  rows: EventRec[];
}

const HELD = new Set(['approved', 'open']);
const PLANNED = new Set(['draft', 'proposed']);

const start = ({ body }: EventRec): string => `${body.day}T${body.starts}`;

export const byStart = (a: EventRec, b: EventRec): number =>
  start(a).localeCompare(start(b)) || a.id.localeCompare(b.id);

/** Held today, or open since an earlier day: nobody else will close it. */
const isNow = ({ body }: EventRec, today: string): boolean =>
  body.state === 'open' ||
  (body.state === 'approved' && body.day <= today && today <= (body.until_day ?? body.day));

export const isForToday = (event: EventRec, me: string, now: number): boolean =>
  event.body.staff.includes(me) && isNow(event, dayKey(now));

function groupOf(event: EventRec, today: string): GroupKey {
  if (isNow(event, today)) return 'today';
  if (PLANNED.has(event.body.state)) return 'waiting';
  return HELD.has(event.body.state) && event.body.day > today ? 'coming' : 'past';
}

/** Only groups with something in them; the past begins with the latest. */
export function grouped(events: readonly EventRec[], now: number): Group[] {
  const today = dayKey(now);
  const rows: Record<GroupKey, EventRec[]> = { today: [], waiting: [], coming: [], past: [] };
  for (const event of events) rows[groupOf(event, today)].push(event);
  return (Object.keys(rows) as GroupKey[])
    .map((key) => ({
      key,
      rows: rows[key].sort(key === 'past' ? (a, b) => byStart(b, a) : byStart),
    }))
    .filter((group) => group.rows.length > 0);
}

export interface Day {
  key: string;
  rows: EventRec[];
}
/** A calendar as a list: days in order, each with its events. */
export function byDay(events: readonly EventRec[], newestFirst: boolean): Day[] {
  const days = new Map<string, EventRec[]>();
  for (const event of [...events].sort(byStart))
    days.set(event.body.day, [...(days.get(event.body.day) ?? []), event]);
  const listed = [...days].map(([key, rows]) => ({ key, rows }));
  return newestFirst ? listed.reverse() : listed;
}

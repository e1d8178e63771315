// Opening days and closings in words.
import { weekdayOf } from '@/foundation/workdays';
import { dayText } from '@/parts/dueLines';
import { dayKey } from '@/parts/words.svelte';
import type { OutletBody } from './model';
import { say } from './say';

export function openingText({
  open_days,
  own_days,
}: Pick<OutletBody, 'open_days' | 'own_days'>): string {
  const w = say();
  if (open_days !== 'week') return w.openDays[open_days];
  return (own_days?.week ?? []).map((day) => w.weekdays[day - 1]).join(w.listed);
}

export function closedTag({ closed_on }: { closed_on?: string | null }): string | null {
  const w = say();
  if (!closed_on) return null;
  return closed_on > dayKey(Date.now()) ? w.closes(dayText(closed_on)) : w.states.closed;
}

export const weekdayText = (day: string): string => say().weekdays[weekdayOf(day) - 1] ?? '';

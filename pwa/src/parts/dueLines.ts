// The steps of a due day in sentences. Works without a network: the steps lie in the record, or are counted here.
import { type Step, spansOf, type Why } from '@/foundation/workdays';
import { when } from './words.svelte';
import { say } from './wordsOfDays';

/** A local date in words, whatever zone the phone is set to. */
export const dayText = (day: string, form: 'day' | 'date' = 'day'): string =>
  when(`${day}T12:00:00+08:00`, form);

export interface DueLine {
  key: string;
  days: string;
  text: string;
  counts: boolean;
}

export function dueLines(steps: readonly Step[]): DueLine[] {
  const w = say();
  const [only] = steps;
  if (only && steps.length === 1 && only.why !== 'start')
    return [
      {
        key: only.day,
        days: dayText(only.day, 'date'),
        text: [w.is[only.why], w.chosen].join(w.comma),
        counts: false,
      },
    ];
  return spansOf(steps).map(({ why, from, to, first, last }) => ({
    key: from,
    days: from === to ? dayText(from) : w.span(dayText(from), dayText(to)),
    text: textOf(why, first, last),
    counts: first > 0,
  }));
}

function textOf(why: Why, first: number, last: number): string {
  const w = say();
  if (why === 'start') return w.start;
  return [w.reasons[why], first ? w.counted(first, last) : ''].filter(Boolean).join(w.comma);
}

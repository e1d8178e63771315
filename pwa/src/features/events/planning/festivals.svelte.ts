// Days of festivals, asked of the server and remembered while the page lives. Without signal there are none: the plan
// is made all the same, and its day comes with the answer.
import { ask } from '@/foundation/ask';
import type { Festival } from '../model';

export type Code = Festival['code'];
export const FESTIVALS: Code[] = [
  'spring_festival',
  'lantern',
  'qingming',
  'dragon_boat',
  'qixi',
  'mid_autumn',
  'double_ninth',
  'winter_solstice',
  'laba',
  'new_years_eve',
];
type Days = Partial<Record<Code, string>>;

const known = new Map<number, Days>();

/** The days of the lunar year that begins in this one; null while they are not known. */
export function festivalDays(year: () => number | null): () => Days | null {
  let days = $state.raw<Days | null>(null);
  $effect(() => {
    const wanted = year();
    days = wanted === null ? null : (known.get(wanted) ?? null);
    if (wanted === null || days) return;
    let left = false;
    void ask<{ festivals: { code: Code; day: string }[] }>({
      path: '/v1/events/festivals',
      query: { year: String(wanted) },
    }).then((answer) => {
      if (!answer.ok) return;
      const found = Object.fromEntries(answer.value.festivals.map(({ code, day }) => [code, day]));
      known.set(wanted, found);
      if (!left) days = found;
    });
    return () => {
      left = true;
    };
  });
  return () => days;
}

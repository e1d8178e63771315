// From the purposes of a notice to the questions put to the customer, in the order of the visit. How
// long something is kept comes from the bank's own declaration, so the screen cannot promise less.
import { PURPOSES, RETENTION } from '@/generated/privacy';
import type { ConsentQuestion } from '@/parts/consent';
import { type Named, named } from '@/parts/words.svelte';
import type { Words } from './words.zh';

const ORDER = ['address', 'identity', 'condition', 'intention', 'photos', 'recording'];
const placeOf = (purpose: string): number => {
  const at = ORDER.indexOf(short(purpose));
  return at < 0 ? ORDER.length : at;
};
/** `visits.photos` is asked for as `photos`. */
export const short = (purpose: string): string => purpose.split('.').at(-1) ?? purpose;

export function questionsOf(purposes: readonly string[], who: string, w: Words): ConsentQuestion[] {
  return inTurn(purposes).map((purpose) => questionOf(purpose, who || w.you, w));
}

/** Purposes in the order of the visit. */
export const inTurn = (purposes: readonly string[]): string[] =>
  [...purposes].sort((a, b) => placeOf(a) - placeOf(b));

function questionOf(purpose: string, who: string, w: Words): ConsentQuestion {
  const asking = w.asks[short(purpose)] ?? w.other(who, named(PURPOSES[purpose] as Named));
  return {
    id: purpose,
    title: asking.title(who),
    purpose: asking.purpose,
    keeping: keptFor(purpose, w),
    refusing: asking.refusing,
    alternative: asking.alternative,
  };
}

/** In the largest unit that comes out whole. */
export function keptFor(purpose: string, w: Words): string {
  const kept = RETENTION[PURPOSES[purpose]?.retention ?? ''];
  if (!kept) return '';
  const seals = kept.at_end === 'seal';
  if (kept.days % 365 === 0) return w.keepYears(kept.days / 365, seals);
  return kept.days % 30 === 0 ? w.keepMonths(kept.days / 30, seals) : w.keepDays(kept.days, seals);
}

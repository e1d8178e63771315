// "A for B": what is done, or waits to be done, in the name of somebody who is away.
import { tongue } from './words.svelte';

/** Who did something, and for whom. */
export function byFor(who: string, absent: string): string {
  if (!absent) return who;
  return tongue() === 'zh' ? `${who}（代${absent}）` : `${who} for ${absent}`;
}

/** Beside work that is here for somebody else. */
export const forWhom = (absent: string): string =>
  tongue() === 'zh' ? `代${absent}处理` : `for ${absent}`;

/** Above the decision itself. */
export const youDecideFor = (absent: string): string =>
  tongue() === 'zh'
    ? `您代${absent}处理，记录会写明由您代办`
    : `You decide for ${absent}, and the record will say so`;

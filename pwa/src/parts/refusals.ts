// Refusals in words. The sentences come from the server's own declarations and are fetched only when there is one to
// tell.
import type { Answer } from '@/foundation/ask';
import type { PROBLEMS } from '@/generated/problems';
import { tongue } from './words.svelte';

export type Sentences = typeof PROBLEMS;

let fetched: Promise<Sentences> | null = null;
export const sentences = (): Promise<Sentences> => {
  fetched ??= import('@/generated/problems').then(
    (module) => module.PROBLEMS,
    () => {
      fetched = null; // a thin line lost them: asked for again by the next refusal
      return {};
    },
  );
  return fetched;
};

/** Pure. A place without a fact stays visible as what it is. */
export const filled = (words: string, facts: Record<string, unknown>): string =>
  words.replace(/\{(\w+)\}/g, (whole, name: string) => String(facts[name] ?? whole));

export type Refusal = Extract<Answer<unknown>, { ok: false }>;
export interface Otherwise {
  offline: string;
  signAgain: string;
  /** where the server has no sentence of its own, or not all that its sentence needs */
  refused: string;
}

/** Why the server did not do it, by its own sentence where there is one. */
export async function refusalText(
  { why, code, facts }: Refusal,
  { offline, signAgain, refused }: Otherwise,
): Promise<string> {
  if (why === 'offline') return offline;
  if (why === 'auth_needed') return signAgain;
  const words = code && (await sentences())[code]?.[tongue()];
  const told = words ? filled(words, facts ?? {}) : '';
  return told && !/\{\w+\}/.test(told) ? told : refused;
}

// What is asked of a customer, and where the asking stands. Texts come from the caller, in the customer's own
// form of address; answers are the caller's to keep, so a page that died half-way goes on where it was.
export type ConsentAnswer = 'yes' | 'no';
export type ConsentAnswers = Readonly<Record<string, ConsentAnswer | undefined>>;

export interface ConsentQuestion {
  id: string;
  /** the one thing that is asked */
  title: string;
  purpose: string;
  keeping: string;
  refusing: string;
  /** what the branch offers to somebody who says no; told at once, because no never just ends it */
  alternative: string;
}

/** The place of the first question without an answer; their number when each has one. */
export function firstOpen(questions: readonly ConsentQuestion[], answers: ConsentAnswers): number {
  const at = questions.findIndex(({ id }) => !answers[id]);
  return at < 0 ? questions.length : at;
}

/** A second tap so soon is a trembling hand and not an answer to the question that has just come. */
export const STEADY_MS = 600;
export const isSteady = (shownAt: number, now: number): boolean => now - shownAt >= STEADY_MS;

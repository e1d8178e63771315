/** The phone's guess at how a register looks after a write; the server's answer replaces it. */

import type { Answer, PastAnswer, Value } from '@/foundation/checklists/sheet';

export const HISTORY_MAX = 20;

export interface Write {
  slot: string;
  value: Value;
  note: string;
  by: string;
  at: string;
}

/** The answer as shown until the server has judged it. Own edits are never stale to oneself. */
export function preview(current: Answer | undefined, asked: Write): Answer {
  const history: PastAnswer[] = current?.history ?? [];
  return { ...asked, rev: (current?.rev ?? 0) + 1, history };
}

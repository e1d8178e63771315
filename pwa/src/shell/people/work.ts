// Open work of somebody, and giving it to somebody else. Asked of the server: it is nobody's phone's business.
import { type Answer, ask } from '@/foundation/ask';
import { utf8 } from '@/foundation/ids';
import type { Named } from '@/parts/words.svelte';

export interface HeldWork {
  kind: string;
  id: string;
  state: string;
  outlet: string;
  line: string;
  label: Named;
  /** a moment, or a local day */
  due: string | null;
}
export interface OpenWork {
  work: HeldWork[];
  unsent: number;
}
export interface HandedPiece {
  kind: string;
  id: string;
  s: string;
  code: string | null;
  facts: Record<string, unknown> | null;
}
export const PIECES_MAX = 100;

export const openWork = (person: string): Promise<Answer<OpenWork>> =>
  ask({ path: `/v1/console/people/${person}/work` });

export const handOver = (
  person: string,
  asked: { to: string; items: [string, string][]; reason: string },
): Promise<Answer<{ results: HandedPiece[] }>> =>
  ask({
    path: `/v1/console/people/${person}/work`,
    file: { bytes: utf8(JSON.stringify(asked)), type: 'application/json' },
  });

export const keyOf = ({ kind, id }: { kind: string; id: string }): string => `${kind}:${id}`;

/** Whether the piece has gone. */
export const went = ({ s }: HandedPiece): boolean => s === 'applied' || s === 'merged';

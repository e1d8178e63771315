// A round and its photos as they travel. The sheet is the checklist's own.
import type { Score, Sheet, TemplateDoc, Value } from '@/foundation/checklists';
import type { OutletDays } from '@/foundation/workdays';
import type { PhotoBody } from '@/parts/photo';
import type { Named } from '@/parts/words.svelte';

export interface Amendment {
  id: string;
  item: string;
  was: Value;
  value: Value;
  note: string;
  reason: string;
  by: string;
  occurred_at: string;
}

export interface RoundBody {
  template: string;
  title: Named;
  outlet: string;
  line: string;
  rhythm: string;
  assignee: string;
  assigned_by: string;
  opens_at: string | null;
  due_at: string | null;
  unscheduled: boolean;
  state: 'assigned' | 'open' | 'submitted' | 'cancelled';
  opened_at: string | null;
  submitted_at: string | null;
  received_at: string | null;
  submitted_by?: string | null;
  progress: { answered: number; total: number };
  score: Score | null;
  findings: number;
  complete: boolean;
  verified: boolean;
  evidence: {
    expected: number;
    accepted: number;
    refused: number;
    waived: number;
    awaited: number;
  };
  late: boolean;
  amendments: Amendment[];
}

export interface TemplateBody {
  code: string;
  edition: string;
  title: Named;
  line: string;
  rhythm: string;
  published_at: string;
  /** From this moment on no new round begins with it; it may lie ahead. */
  retired_at: string | null;
  doc: TemplateDoc;
}

export const isRetired = ({ retired_at }: Pick<TemplateBody, 'retired_at'>, now: number): boolean =>
  retired_at !== null && Date.parse(retired_at) <= now;

export interface DraftBody {
  code: string;
  edition: string;
  line: string;
  rhythm: string;
  doc: unknown;
  /** the version it was begun from */
  begun_from: string | null;
  /** the draft of which this is what another device wrote without having seen it */
  copy_of: string | null;
  at: string;
  rev: number;
}

export interface EditionClause {
  no: string;
  kind: 'hard' | 'soft';
  text: Named;
  points: number;
}
export interface EditionBody {
  code: string;
  title: Named;
  edition: string;
  line: string;
  effective_from: string;
  effective_to: string | null;
  clauses: EditionClause[];
  published_at: string;
}

export interface OutletBody extends OutletDays {
  code: string;
  unit: string;
  name: Named;
  closed_on?: string | null;
}

export type Photo = { id: string; body: PhotoBody };
export type { Sheet };

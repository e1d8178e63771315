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
  retired_at: string | null;
  doc: TemplateDoc;
}

export interface OutletBody extends OutletDays {
  code: string;
  name: Named;
  closed_on?: string | null;
}

export type Photo = { id: string; body: PhotoBody };
export type { Sheet };

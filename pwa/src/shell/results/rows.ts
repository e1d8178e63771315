// What the lists of results answer with (backend/api/results.py and the features' views).
import type { Named } from '@/parts/words.svelte';

export interface Page<T> {
  rows: T[];
  next: string | null;
}
export interface Hit {
  id: string;
  opens_kind: 'round' | 'rectification';
  opens_id: string;
  outlet: string;
  line: string;
  at: string;
  excerpt: string;
}
export interface RoundBody {
  title: Named;
  outlet: string;
  line: string;
  rhythm: string;
  assignee: string;
  made_at: string;
  due_at: string | null;
  state: 'assigned' | 'open' | 'submitted' | 'cancelled';
  submitted_at: string | null;
  submitted_by: string | null;
  score: { points: number; max: number; vetoed: string[] } | null;
  findings: number;
  late: boolean;
  complete: boolean;
  verified: boolean;
}
export interface CaseBody {
  outlet: string;
  line: string;
  item: { key: string; no: string; text: Named };
  severity: 'minor' | 'major' | 'serious' | 'danger';
  text: string;
  cause: string;
  measure: string;
  on_spot: boolean;
  state: 'open' | 'assigned' | 'accepted' | 'reported' | 'returned' | 'closed' | 'cancelled';
  owner: string | null;
  round: string;
  due_at: string | null;
  opened_at: string;
  late: boolean;
  events: { id: string; type: string; by: string; occurred_at: string; note: string }[];
}
export interface Listed<B> {
  id: string;
  rev: number;
  overdue: boolean;
  body: B;
}
export type RoundRow = Listed<RoundBody>;
export type CaseRow = Listed<CaseBody>;
export interface RoundDetail {
  round: RoundRow;
  /** null: a draft, which is for those who fill it */
  sheet: {
    findings: Record<
      string,
      { text: string; cause: string; measure: string; severity: CaseBody['severity'] }
    >;
  } | null;
}
export interface CaseDetail {
  case: CaseRow;
}

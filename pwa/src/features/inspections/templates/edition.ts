// A new edition before it is put in force. Pure.
import type { EditionClause } from '../model';
import { tenthsOf } from './editing';

export interface ClauseRow {
  /** of this row on the screen alone */
  id: number;
  no: string;
  kind: 'hard' | 'soft';
  zh: string;
  en: string;
  points: string;
}
export interface NewEdition {
  code: string;
  zh: string;
  en: string;
  edition: string;
  line: string;
  from: string;
  rows: ClauseRow[];
}

export const rowOf = (id: number, clause?: EditionClause): ClauseRow => ({
  id,
  no: clause?.no ?? '',
  kind: clause?.kind ?? 'hard',
  zh: clause?.text.zh ?? '',
  en: clause?.text.en ?? '',
  points: clause ? String(clause.points / 10) : '0',
});

/** Null where the row is not whole: what it lacks is told beside it. */
export function clauseOf(row: ClauseRow): EditionClause | null {
  const points = tenthsOf(row.points);
  const [no, zh, en] = [row.no.trim(), row.zh.trim(), row.en.trim()];
  return no && zh && en && points !== null
    ? { no, kind: row.kind, text: { zh, en }, points }
    : null;
}

/** What the command takes; null while something is missing or a number comes twice. */
export function editionOf(draft: NewEdition) {
  const clauses = draft.rows.map(clauseOf);
  const whole = clauses.filter((one): one is EditionClause => one !== null);
  const [code, zh, en] = [draft.code.trim(), draft.zh.trim(), draft.en.trim()];
  const edition = draft.edition.trim();
  if (!code || !zh || !en || !edition || !draft.line || !draft.from) return null;
  if (!whole.length || whole.length < clauses.length) return null;
  if (new Set(whole.map((one) => one.no)).size < whole.length) return null;
  return {
    code,
    title: { zh, en },
    edition,
    line: draft.line,
    effective_from: draft.from,
    effective_to: null,
    clauses: whole,
  };
}

/** The answer sheet as it travels, and what its manifest covers. */

export interface ScoreValue {
  points: number;
  reasons: string[];
}

export interface LocationValue {
  lat: number;
  lon: number;
  acc: number;
  at: string;
}

export type Value = string | string[] | ScoreValue | LocationValue | null;

export interface PastAnswer {
  value: Value;
  note: string;
  by: string;
  at: string;
}

/** `rev` is what the next change of this answer must name as its `base`. */
export interface Answer {
  slot: string;
  value: Value;
  note: string;
  by: string;
  at: string;
  rev: number;
  history: PastAnswer[];
}

export type Severity = 'minor' | 'major' | 'serious' | 'danger';

export interface Finding {
  item: string;
  severity: Severity;
  text: string;
  cause: string;
  measure: string;
  on_spot: boolean;
  by: string;
  at: string;
  before: string[];
  after: string[];
}

export interface Sheet {
  template: string;
  answers: Record<string, Answer>;
  findings: Record<string, Finding>;
  signature: string | null;
}

/** What demands need to know about a photo. */
export interface Shot {
  item: string;
  finding: string | null;
  purpose: string;
  sha256: string;
  source: string;
}

export type Answers = ReadonlyMap<string, Value>;

export const MAIN = 'main';

/** Where a register stands in `Sheet.answers`: the bare item for the main slot. */
export const answerKey = (item: string, slot = MAIN): string =>
  slot === MAIN ? item : `${item}@${slot}`;

/** Agreed answers by item, as conditions and scoring take them. */
export function valuesOf(sheet: Sheet): Map<string, Value> {
  const own = Object.entries(sheet.answers).filter(([, answer]) => answer.slot === MAIN);
  return new Map(own.map(([key, answer]) => [key, answer.value]));
}

/** What the manifest covers: every answer and finding as judged, and the signature. */
export function canonicalAnswers(sheet: Sheet) {
  return {
    answers: mapped(sheet.answers, ({ value, note }) => ({ value, note })),
    findings: mapped(sheet.findings, ({ item, severity, text, on_spot }) => ({
      item,
      severity,
      text,
      on_spot,
    })),
    signature: sheet.signature,
  };
}

function mapped<A, B>(record: Record<string, A>, turn: (one: A) => B): Record<string, B> {
  return Object.fromEntries(Object.entries(record).map(([key, one]) => [key, turn(one)]));
}

/** One version of a checklist as the server published it: already judged sound, never edited here. */

export type ItemType =
  | 'pass_fail'
  | 'score'
  | 'number'
  | 'single'
  | 'multiple'
  | 'text'
  | 'photo'
  | 'signature'
  | 'location'
  | 'datetime';

export interface Words {
  zh: string;
  en: string;
}

export interface Deduction {
  code: string;
  text: Words;
  points: number;
}

export interface Choice {
  key: string;
  text: Words;
  fail: boolean;
}

export interface NumberRange {
  min: string;
  max: string;
  unit: Words;
  decimals: number;
}

export type Condition =
  | { item: string; in: string[] }
  | { all: Condition[] }
  | { any: Condition[] };

export interface Demand {
  when: string[];
  photos: number;
  note: boolean;
}

export interface Clause {
  standard: string;
  no: string;
  kind: 'hard' | 'soft';
  /** Cited from an edition that the bank keeps here: its id, and the words and points of its day. */
  edition?: string;
  text?: Words;
  points?: number;
}

export interface Item {
  key: string;
  no: string;
  text: Words;
  hint: Words | null;
  type: ItemType;
  points: number;
  veto: boolean;
  required: boolean;
  deductions: Deduction[];
  choices: Choice[];
  number: NumberRange | null;
  show_when: Condition | null;
  demand: Demand[];
  reference: string[];
  clause: Clause | null;
  camera_only: boolean;
  /** key of the code list whose codes of the day of publishing the choices are */
  code_list?: string;
}

export interface Section {
  key: string;
  no: string;
  title: Words;
  items: Item[];
}

export interface TemplateDoc {
  title: Words;
  sections: Section[];
  /** Filled in at a visit of a person; then `assessment` is the reference of its impact assessment. */
  persons?: boolean;
  assessment?: string;
}

const SCORED: readonly ItemType[] = ['pass_fail', 'score', 'single', 'multiple'];
const EVIDENCE: readonly ItemType[] = ['photo', 'signature'];

/** Items that can be right or wrong. */
export const isScored = (item: Item): boolean => SCORED.includes(item.type);

/** Items answered by a picture, not by a value. */
export const isEvidence = (item: Item): boolean => EVIDENCE.includes(item.type);

/** Every item in the order of the paper. */
export const itemsOf = (doc: TemplateDoc): Item[] => doc.sections.flatMap((part) => part.items);

/** Items by key. */
export const itemIndex = (doc: TemplateDoc): Map<string, Item> =>
  new Map(itemsOf(doc).map((item) => [item.key, item]));

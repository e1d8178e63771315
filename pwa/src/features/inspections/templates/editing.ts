// Changes of a checklist that is being written. Pure: each takes the document and gives another. Keys of sections and
// items are made once, by chance, and never shown: answers of every version are known by them, so that the key of an
// item that went must not come back as another one.
import {
  type Condition,
  choicesOf,
  type Deduction,
  type Demand,
  type Item,
  type ItemType,
  isScored,
  itemsOf,
  type ListedCode,
  type Section,
  type TemplateDoc,
  type Words,
} from '@/foundation/checklists';

export const TYPES: ItemType[] = [
  'pass_fail',
  'score',
  'single',
  'multiple',
  'number',
  'text',
  'photo',
  'signature',
  'location',
  'datetime',
];

const nothing = (): Words => ({ zh: '', en: '' });
export const blank = (): TemplateDoc => ({ title: nothing(), sections: [] });

/** What a draft holds, whatever was brought into it: a document with sections and items. */
export function docOf(raw: unknown): TemplateDoc {
  const doc = raw as Partial<TemplateDoc> | undefined;
  return doc && Array.isArray(doc.sections)
    ? (doc as TemplateDoc)
    : { ...blank(), ...doc, sections: [] };
}

/** `c3`, among these. */
export function freshName(names: readonly string[], prefix: string): string {
  let n = names.length + 1;
  while (names.includes(`${prefix}${n}`)) n++;
  return `${prefix}${n}`;
}

export function addSection(doc: TemplateDoc, key: string): TemplateDoc {
  const no = freshNo(doc.sections, '');
  return { ...doc, sections: [...doc.sections, { key, no, title: nothing(), items: [] }] };
}

export function addItem(doc: TemplateDoc, section: string, key: string): TemplateDoc {
  return onSection(doc, section, (one) => ({
    ...one,
    items: [...one.items, blankItem(key, freshNo(one.items, `${one.no}.`))],
  }));
}

function freshNo(among: readonly { no: string }[], prefix: string): string {
  const taken = new Set(among.map((one) => one.no));
  let n = among.length + 1;
  while (taken.has(`${prefix}${n}`)) n++;
  return `${prefix}${n}`;
}

export const blankItem = (key: string, no: string): Item => ({
  key,
  no,
  text: nothing(),
  hint: null,
  type: 'pass_fail',
  points: 0,
  veto: false,
  required: true,
  deductions: [],
  choices: [],
  number: null,
  show_when: null,
  demand: [],
  reference: [],
  clause: null,
  camera_only: false,
});

export const onSection = (
  doc: TemplateDoc,
  key: string,
  change: (section: Section) => Section,
): TemplateDoc => ({
  ...doc,
  sections: doc.sections.map((one) => (one.key === key ? change(one) : one)),
});

export const onItem = (
  doc: TemplateDoc,
  key: string,
  change: (item: Item) => Item,
): TemplateDoc => ({
  ...doc,
  sections: doc.sections.map((section) =>
    section.items.some((one) => one.key === key)
      ? { ...section, items: section.items.map((one) => (one.key === key ? change(one) : one)) }
      : section,
  ),
});

export const without = (doc: TemplateDoc, key: string): TemplateDoc => ({
  ...doc,
  sections: doc.sections
    .filter((section) => section.key !== key)
    .map((section) => ({ ...section, items: section.items.filter((one) => one.key !== key) })),
});

/** One place up or down; an item at the edge of its section goes over into the next. */
export function moved(doc: TemplateDoc, key: string, step: -1 | 1): TemplateDoc {
  const at = doc.sections.findIndex((one) => one.key === key);
  if (at >= 0) return { ...doc, sections: swapped(doc.sections, at, step) };
  const from = doc.sections.findIndex((one) => one.items.some((item) => item.key === key));
  const section = doc.sections[from];
  if (!section) return doc;
  const place = section.items.findIndex((item) => item.key === key);
  const inside = swapped(section.items, place, step);
  if (inside !== section.items)
    return onSection(doc, section.key, (one) => ({ ...one, items: inside }));
  const next = doc.sections[from + step];
  const item = section.items[place];
  if (!next || !item) return doc;
  const items = step > 0 ? [item, ...next.items] : [...next.items, item];
  return onSection(without(doc, key), next.key, (one) => ({ ...one, items }));
}

function swapped<T>(all: T[], at: number, step: -1 | 1): T[] {
  const [one, other] = [all[at], all[at + step]];
  if (one === undefined || other === undefined) return all;
  return all.map((each, place) => (place === at ? other : place === at + step ? one : each));
}

/** The item as one of another type: what that type cannot have goes. */
export function typed({ code_list, ...item }: Item, type: ItemType): Item {
  const next = { ...item, type };
  const chooses = type === 'single' || type === 'multiple';
  return {
    ...next,
    ...(chooses && code_list !== undefined ? { code_list } : {}),
    points: isScored(next) ? item.points : 0,
    veto: isScored(next) && item.veto,
    deductions: type === 'score' ? item.deductions : [],
    choices: chooses ? (item.choices.length ? item.choices : [choice('c1'), choice('c2')]) : [],
    number:
      type === 'number'
        ? (item.number ?? { min: '0', max: '100', unit: nothing(), decimals: 0 })
        : null,
    demand: [],
  };
}

/** Choices out of a code list as it is on this day, or the same choices as the author's own. */
export const listedBy = (
  { code_list: _, ...item }: Item,
  list: { key: string; codes: readonly ListedCode[] } | null,
  day: string,
): Item =>
  list
    ? {
        ...item,
        code_list: list.key,
        choices: choicesOf({ codes: [...list.codes] }, day, item.choices),
      }
    : item;

export const choice = (key: string) => ({ key, text: nothing(), fail: false });
export const deduction = (code: string): Deduction => ({ code, text: nothing(), points: 10 });
export const demand = (when: string[]): Demand => ({ when, photos: 1, note: false });

export interface Leaf {
  item: string;
  in: string[];
}
/** A condition of one level, as the editor shows it; null for one that is deeper. */
export function leavesOf(
  condition: Condition | null,
): { of: 'all' | 'any'; leaves: Leaf[] } | null {
  if (condition === null) return { of: 'all', leaves: [] };
  if ('item' in condition) return { of: 'all', leaves: [condition] };
  const of = 'all' in condition ? 'all' : 'any';
  const parts = 'all' in condition ? condition.all : condition.any;
  return parts.every((part): part is Leaf => 'item' in part) ? { of, leaves: parts } : null;
}

export function conditionOf(of: 'all' | 'any', leaves: Leaf[]): Condition | null {
  if (leaves.length < 2) return leaves[0] ?? null;
  return of === 'all' ? { all: leaves } : { any: leaves };
}

/** Items that a condition of this one may look at: scored, and asked before it. */
export function earlier(doc: TemplateDoc, key: string): Item[] {
  const all = itemsOf(doc);
  const at = all.findIndex((one) => one.key === key);
  return all.slice(0, Math.max(0, at)).filter(isScored);
}

/** 2.5 as people write it is 25 tenths; null for what is no number of points. */
export function tenthsOf(text: string): number | null {
  const match = /^(\d{1,4})(?:\.(\d))?$/.exec(text.normalize('NFKC').trim());
  if (!match) return null;
  const tenths = Number(match[1]) * 10 + Number(match[2] ?? 0);
  return tenths <= 10_000 ? tenths : null;
}

/** The case files of tests/foundation/checklists, judged here in TypeScript as Python judges them. */

import { describe, expect, test } from 'vitest';
import {
  type CodeListBody,
  checkAnswer,
  choiceKey,
  choicesOf,
  type Item,
  isOfToday,
  manifestHash,
  manifestText,
  missing,
  progress,
  type Score,
  type Sheet,
  type Shot,
  score,
  sectionScores,
  type TemplateDoc,
  type Value,
  valuesOf,
  visibleItems,
} from '@/foundation/checklists';
import answerFile from '../../../../tests/foundation/checklists/cases/answers.json';
import listFile from '../../../../tests/foundation/checklists/cases/code_lists.json';
import conditionFile from '../../../../tests/foundation/checklists/cases/conditions.json';
import demandFile from '../../../../tests/foundation/checklists/cases/demands.json';
import drawnFile from '../../../../tests/foundation/checklists/cases/drawn.json';
import manifestFile from '../../../../tests/foundation/checklists/cases/manifest.json';
import scoringFile from '../../../../tests/foundation/checklists/cases/scoring.json';
import templateFile from '../../../../tests/foundation/checklists/cases/templates.json';

type Short = Record<string, unknown>;

interface SheetCase {
  name?: string;
  template: string;
  answers: Record<string, unknown>;
  findings?: Record<string, Short>;
  signature?: string;
  shots?: [string, string | null, string, string, string][];
  visible?: string[];
  score?: unknown;
  sections?: unknown;
  missing?: unknown;
  progress?: unknown;
  canonical?: string;
  hash?: string;
}

const words = { zh: '检查表', en: 'Checklist' };
const at = '2026-05-04T09:12:33.120Z';

const whole = (short: Short, position: number): Item =>
  ({ ...templateFile.blank, no: `1.${position}`, ...short }) as unknown as Item;

function template(short: Short[]): TemplateDoc {
  const sections = new Map<string, Item[]>();
  short.forEach((one, index) => {
    const key = (one.section as string | undefined) ?? 'all';
    sections.set(key, [...(sections.get(key) ?? []), whole(one, index + 1)]);
  });
  const parts = [...sections].map(([key, items], index) => ({
    key,
    no: String(index + 1),
    title: words,
    items,
  }));
  return { title: words, sections: parts };
}

function sheetOf(one: SheetCase): Sheet {
  const answers = Object.entries(one.answers).map(([key, short]) => {
    const isLong = typeof short === 'object' && short !== null && 'value' in short;
    const { value, note } = (isLong ? short : { value: short, note: '' }) as {
      value: Value;
      note: string;
    };
    return [key, { slot: 'main', value, note, by: 'p', at, rev: 1, history: [] }];
  });
  const blank = { cause: '', measure: '', on_spot: false, by: 'p', at, before: [], after: [] };
  const findings = Object.entries(one.findings ?? {}).map(([key, f]) => [key, { ...blank, ...f }]);
  return {
    template: 't',
    answers: Object.fromEntries(answers),
    findings: Object.fromEntries(findings),
    signature: one.signature ?? null,
  };
}

const shotsOf = (one: SheetCase): Shot[] =>
  (one.shots ?? []).map(([item, finding, purpose, sha256, source]) => ({
    item,
    finding,
    purpose,
    sha256,
    source,
  }));

const listed = (found: Score) => [found.points, found.max, found.vetoed];

async function judged(doc: TemplateDoc, one: SheetCase): Promise<Partial<SheetCase>> {
  const [sheet, shots] = [sheetOf(one), shotsOf(one)];
  const values = valuesOf(sheet);
  const done = progress(doc, sheet, shots);
  const sections = Object.entries(sectionScores(doc, values));
  return {
    visible: visibleItems(doc, values).map((item) => item.key),
    score: listed(score(doc, values)),
    sections: Object.fromEntries(sections.map(([key, part]) => [key, listed(part)])),
    missing: missing(doc, sheet, shots).map((m) => [m.item, m.what, m.count, m.finding]),
    progress: [done.answered, done.total],
    canonical: manifestText(sheet),
    hash: await manifestHash(sheet),
  };
}

async function judge(doc: TemplateDoc, one: SheetCase): Promise<void> {
  const { name: _n, template: _t, answers: _a, findings: _f, ...rest } = one;
  const { signature: _s, shots: _h, ...expected } = rest;
  expect(await judged(doc, one)).toMatchObject(expected);
}

function unrolled(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || !('$repeat' in value)) return value;
  const [text, times] = value.$repeat as [string, number];
  return text.repeat(times);
}

describe('answers', () => {
  const items = answerFile.items as unknown as Record<string, Short>;
  const cases = answerFile.cases as Short[];
  test.each(cases.map((one) => [one.name as string, one]))('%s', (_name, one) => {
    const item = whole(items[one.item as string]!, 1);
    const refusal = checkAnswer(item, unrolled(one.value), unrolled(one.note ?? '') as string);
    expect(refusal?.code ?? null).toBe(one.code);
  });
});

describe('sheets', () => {
  const templates = templateFile.templates as unknown as Record<string, Short[]>;
  const files = [conditionFile, scoringFile, demandFile, manifestFile];
  const cases = files.flatMap((file) => file.cases as unknown as SheetCase[]);
  test.each(cases.map((one) => [one.name!, one] as const))('%s', async (_name, one) => {
    await judge(template(templates[one.template]!), one);
  });
});

describe('code lists', () => {
  const list = listFile as unknown as Pick<CodeListBody, 'codes'> & { list: CodeListBody['codes'] };
  test.each(listFile.keys as [string, string][])('%s is answered by %s', (code, key) => {
    expect(choiceKey(code)).toBe(key);
  });
  test.each(listFile.cases.map((one) => [one.name, one] as const))('%s', (_name, one) => {
    const before = one.fails.map((key) => ({ key, text: words, fail: true }));
    const found = choicesOf({ codes: list.list }, one.day, before);
    expect(found.map(({ key, text, fail }) => [key, text.zh, text.en, fail])).toEqual(one.choices);
    expect(isOfToday(found, { codes: list.list }, one.day)).toBe(true);
    expect(isOfToday(found.slice(1), { codes: list.list }, one.day)).toBe(false);
    const reworded = found.map((choice) => ({ ...choice, text: words }));
    expect(isOfToday(reworded, { codes: list.list }, one.day)).toBe(false);
  });
});

test('three hundred drawn sheets are judged as Python judged them', async () => {
  const templates = drawnFile.templates as unknown as Record<string, Short[]>;
  const docs = Object.entries(templates).map(([key, short]) => [key, template(short)] as const);
  const byName = new Map(docs);
  const cases = drawnFile.cases as unknown as SheetCase[];
  expect(cases).toHaveLength(300);
  for (const one of cases) await judge(byName.get(one.template)!, one);
});

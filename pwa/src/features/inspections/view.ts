// What the screens show of a sheet: pure, from the checklist, the answers and the photos.
import {
  demanded,
  type Item,
  isAnswered,
  isVetoed,
  type Missing,
  missing,
  type ScoreValue,
  type Section,
  type Shot,
  score,
  type TemplateDoc,
  type Value,
  valuesOf,
  visibleItems,
} from '@/foundation/checklists';
import type { Shown } from '@/parts/Item.svelte';
import type { Tick } from '@/parts/Ticks.svelte';
import { named, points, when } from '@/parts/words.svelte';
import type { Photo, Sheet } from './model';
import { say } from './say';

export interface Line {
  item: Item;
  answered: boolean;
  value: Value | undefined;
  note: string;
  findings: string[];
}
export interface Part {
  section: Section;
  lines: Line[];
  left: number;
}
export interface View {
  parts: Part[];
  lines: Line[];
  answered: number;
  lacks: Missing[];
  score: { points: number; max: number; vetoed: string[] };
}

export const shotsOf = (photos: readonly Photo[]): Shot[] =>
  photos.map(({ body }) => ({
    item: body.item ?? '',
    finding: body.finding,
    purpose: body.purpose,
    sha256: body.sha256,
    source: body.source,
  }));

export function viewOf(doc: TemplateDoc, sheet: Sheet, photos: readonly Photo[]): View {
  const values = valuesOf(sheet);
  const shots = shotsOf(photos);
  const visible = new Set(visibleItems(doc, values));
  const findings = Object.entries(sheet.findings);
  const lineOf = (item: Item): Line => ({
    item,
    answered: isAnswered(item, sheet, values, shots),
    value: values.get(item.key),
    note: sheet.answers[item.key]?.note ?? '',
    findings: findings.filter(([, one]) => one.item === item.key).map(([id]) => id),
  });
  const parts = doc.sections
    .map((section) => ({
      section,
      lines: section.items.filter((item) => visible.has(item)).map(lineOf),
    }))
    .filter((part) => part.lines.length > 0)
    .map((part) => ({ ...part, left: part.lines.filter((line) => !line.answered).length }));
  const lines = parts.flatMap((part) => part.lines);
  return {
    parts,
    lines,
    answered: lines.filter((line) => line.answered).length,
    lacks: missing(doc, sheet, shots),
    score: score(doc, values),
  };
}

export function tickOf(line: Line): Tick {
  if (!line.answered) return 'open';
  const { item, value } = line;
  if (value === 'na') return 'na';
  return fails(item, value) ? 'fail' : 'pass';
}

export function fails(item: Item, value: Value | undefined): boolean {
  if (value === undefined || value === null || value === 'na') return false;
  if (item.type === 'pass_fail') return value === 'fail';
  if (item.type === 'score') return (value as ScoreValue).points < item.points;
  if (item.type === 'single' || item.type === 'multiple') {
    const taken = [value as string | string[]].flat();
    return item.choices.some((choice) => choice.fail && taken.includes(choice.key));
  }
  return false;
}

export function shownOf(line: Line): Shown | null {
  const { item, value } = line;
  if (!line.answered) return null;
  if (value !== undefined && isVetoed(item, value)) return { is: 'veto' };
  if (value === 'na' || value === 'pass' || value === 'fail') return { is: value };
  if (item.type === 'score')
    return { is: 'score', points: points((value as ScoreValue).points), of: points(item.points) };
  return { is: 'value', text: told(item, value ?? null) };
}

/** An answer in a few words. */
export function told(item: Item, value: Value): string {
  const w = say();
  switch (item.type) {
    case 'number':
      return [value as string, named(item.number?.unit)].filter(Boolean).join(' ');
    case 'single':
    case 'multiple': {
      const taken = [value as string | string[]].flat();
      return item.choices
        .filter((choice) => taken.includes(choice.key))
        .map((choice) => named(choice.text))
        .join(w.and);
    }
    case 'text':
      return w.written;
    case 'photo':
      return w.photographed;
    case 'signature':
      return w.signed;
    case 'location':
      return w.located;
    case 'datetime':
      return when(value as string, 'moment');
    case 'score':
      return value === 'na' ? w.na : points((value as ScoreValue).points);
    default:
      return value === 'pass' ? w.pass : value === 'fail' ? w.fail : w.na;
  }
}

/** What a fail of this item will ask for, told before it is answered. */
export function demandOf(item: Item): string {
  const w = say();
  const failing: Value = item.type === 'pass_fail' ? 'fail' : null;
  if (failing === null) return '';
  const need = demanded(item, failing);
  return w.demand(need.photos, need.note);
}

/** What the clause said on the day of this version, where its words are in it. */
export function clauseOf({ clause }: Item): string {
  if (!clause?.text) return '';
  const words = `${clause.standard} ${clause.no} ${named(clause.text)}`;
  return clause.points === undefined
    ? words
    : `${words} ${say().clausePoints(points(clause.points))}`;
}

/** The next open item after this one, from the top again at the end; null when none is open. */
export function nextOpen(lines: readonly Line[], after: string | null): Line | null {
  const at = lines.findIndex((line) => line.item.key === after);
  const order = [...lines.slice(at + 1), ...lines.slice(0, at + 1)];
  return order.find((line) => !line.answered && line.item.key !== after) ?? null;
}

export const photosFor = (photos: readonly Photo[], item: string, finding?: string): Photo[] =>
  photos.filter(({ body }) =>
    finding ? body.finding === finding : body.item === item && body.finding === null,
  );

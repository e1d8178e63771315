// Versions, changes and refusals in words.
import type { Item, TemplateDoc } from '@/foundation/checklists';
import { filled, type Refusal, sentences, refusalText as toldOf } from '@/parts/refusals';
import { type Named, named, points, tongue, when } from '@/parts/words.svelte';
import { type EditionBody, isRetired, type TemplateBody } from '../model';
import type { CellProblem } from './asking';
import { say } from './say';

export const day = (at: string): string =>
  when(at.length === 10 ? `${at}T12:00:00+08:00` : at, 'day');

interface Tag {
  text: string;
  tone: '' | 'ok' | 'warn' | 'bad';
}
export function templateTag(body: TemplateBody, now: number): Tag {
  const w = say();
  if (isRetired(body, now)) return { text: w.retired, tone: '' };
  // The moment is the end of the last day: a little before it, it is still that day.
  if (body.retired_at) return { text: w.until(day(lastDayOf(body.retired_at))), tone: 'warn' };
  return { text: w.inForce, tone: 'ok' };
}
const lastDayOf = (retiredAt: string): string => new Date(Date.parse(retiredAt) - 1).toISOString();

export function editionTag(body: EditionBody, today: string): Tag {
  const w = say();
  if (body.effective_from > today) return { text: w.ahead, tone: 'warn' };
  if (body.effective_to !== null && body.effective_to < today) return { text: w.over, tone: '' };
  return { text: w.inForce, tone: 'ok' };
}

export const span = ({ effective_from, effective_to }: EditionBody): string =>
  effective_to ? say().fromTo(effective_from, effective_to) : say().from(effective_from);

/** A field of an item, a section or the checklist, as a line that can be held beside another. */
export function fieldText(part: object | null, field: string, doc: TemplateDoc): string {
  const w = say();
  const value = (part as Record<string, unknown> | null)?.[field];
  if (value === null || value === undefined || value === '') return w.nothing;
  if (typeof value === 'boolean') return value ? w.yes : w.noWord;
  if (field === 'points') return points(value as number);
  if (field === 'type') return w.types[value as string] ?? String(value);
  if (field === 'title' || field === 'text' || field === 'hint') return named(value as Named);
  const item = part as Item;
  if (field === 'deductions')
    return listed(item.deductions.map((one) => `${named(one.text)} ${points(one.points)}`));
  if (field === 'choices')
    return listed(item.choices.map((one) => named(one.text) + (one.fail ? ` (${w.fails})` : '')));
  if (field === 'number' && item.number)
    return `${item.number.min} – ${item.number.max} ${named(item.number.unit)}`;
  if (field === 'clause' && item.clause) return `${item.clause.standard} ${item.clause.no}`;
  if (field === 'reference') return w.count(item.reference.length);
  if (field === 'demand')
    return listed(
      item.demand.map(
        (one) =>
          `${one.when.map((t) => w.tokens[t] ?? t).join('/')}${w.colon}${w.photos} ${one.photos}${one.note ? w.comma + w.note : ''}`,
      ),
    );
  if (field === 'show_when') return conditionText(value as Item['show_when'], doc);
  return String(value);
}

const listed = (all: string[]): string => all.join(say().comma) || say().nothing;

function conditionText(condition: Item['show_when'], doc: TemplateDoc): string {
  const w = say();
  if (condition === null) return w.nothing;
  if ('item' in condition) {
    const item = doc.sections.flatMap((one) => one.items).find((one) => one.key === condition.item);
    return `${item?.no ?? condition.item} = ${condition.in.map((t) => w.tokens[t] ?? t).join('/')}`;
  }
  const [of, parts] = 'all' in condition ? [w.all, condition.all] : [w.any, condition.any];
  return `${of} (${parts.map((part) => conditionText(part, doc)).join('; ')})`;
}

export function refusalText(answer: Refusal): Promise<string> {
  const w = say();
  return toldOf(answer, { offline: w.readOffline, signAgain: w.signAgain, refused: w.failed });
}

/** Problems of cells in the order of the file, each a sentence. */
export async function cellTexts(problems: readonly CellProblem[]): Promise<string[]> {
  const w = say();
  const words = await sentences();
  return problems.map(({ tab, row, column, code, facts }) => {
    const told = filled(words[code]?.[tongue()] ?? code, { row, column, ...facts });
    return tab ? w.inTab(tab, told) : told;
  });
}

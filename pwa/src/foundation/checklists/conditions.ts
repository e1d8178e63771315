/** Which items are shown. A hidden item counts as unanswered for those that follow it. */

import type { Answers, ScoreValue, Value } from '@/foundation/checklists/sheet';
import {
  type Condition,
  type Item,
  itemsOf,
  type TemplateDoc,
} from '@/foundation/checklists/template';

/**
 * What conditions and demands can ask about an answer: pass, fail or na; keys of the choices
 * taken; codes of the deductions made; `answered` where nothing can be right or wrong.
 */
export function tokens(item: Item, value: Value): Set<string> {
  if (item.type === 'pass_fail') return new Set([value as string]);
  if (item.type === 'score') {
    if (value === 'na') return new Set(['na']);
    const { points, reasons } = value as ScoreValue;
    return new Set([points >= item.points ? 'pass' : 'fail', ...reasons]);
  }
  if (item.type === 'single' || item.type === 'multiple') {
    const taken = [value as string | string[]].flat();
    const failed = item.choices.some((choice) => choice.fail && taken.includes(choice.key));
    return new Set([failed ? 'fail' : 'pass', ...taken]);
  }
  return new Set(['answered']);
}

/** Every token that some answer to the item can give. */
export function possibleTokens(item: Item): string[] {
  if (item.type === 'pass_fail') return ['pass', 'fail', 'na'];
  if (item.type === 'score')
    return ['pass', 'fail', 'na', ...item.deductions.map((one) => one.code)];
  if (item.type === 'single' || item.type === 'multiple')
    return ['pass', 'fail', ...item.choices.map((one) => one.key)];
  return ['answered'];
}

/** The items that these answers show, in the order of the paper. */
export function visibleItems(doc: TemplateDoc, answers: Answers): Item[] {
  const seen = new Map<string, Set<string>>();
  return itemsOf(doc).filter((item) => {
    if (item.show_when && !holds(item.show_when, seen)) return false;
    const value = answers.get(item.key);
    if (value !== undefined) seen.set(item.key, tokens(item, value));
    return true;
  });
}

function holds(condition: Condition, seen: ReadonlyMap<string, Set<string>>): boolean {
  if ('all' in condition) return condition.all.every((part) => holds(part, seen));
  if ('any' in condition) return condition.any.some((part) => holds(part, seen));
  return condition.in.some((token) => seen.get(condition.item)?.has(token) ?? false);
}

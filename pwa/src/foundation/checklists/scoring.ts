/**
 * Points: integers in tenths, the same as on the server. Not applicable, hidden and not yet
 * answered items leave the denominator; a failed veto item fails the round and hides nothing.
 */

import { tokens, visibleItems } from '@/foundation/checklists/conditions';
import type { Answers, ScoreValue, Value } from '@/foundation/checklists/sheet';
import { type Item, isScored, type TemplateDoc } from '@/foundation/checklists/template';

export interface Score {
  points: number;
  max: number;
  vetoed: string[];
}

/** What the answers are worth. */
export const score = (doc: TemplateDoc, answers: Answers): Score =>
  sum(visibleItems(doc, answers), answers);

/** The same, section by section. */
export function sectionScores(doc: TemplateDoc, answers: Answers): Record<string, Score> {
  const shown = new Set(visibleItems(doc, answers));
  return Object.fromEntries(
    doc.sections.map((part) => [
      part.key,
      sum(
        part.items.filter((item) => shown.has(item)),
        answers,
      ),
    ]),
  );
}

/** What is left of the item's points after these deductions, never below zero. */
export function pointsAfter(item: Item, reasons: readonly string[]): number {
  const taken = item.deductions.filter((reason) => reasons.includes(reason.code));
  return Math.max(0, item.points - taken.reduce((total, reason) => total + reason.points, 0));
}

/** Points won by one answer; null when the item leaves the denominator. */
export function itemPoints(item: Item, value: Value): number | null {
  if (!isScored(item) || value === 'na') return null;
  if (item.type === 'score') return (value as ScoreValue).points;
  return tokens(item, value).has('fail') ? 0 : item.points;
}

/** Whether this answer fails the whole round. A scored veto item fails at zero points. */
export function isVetoed(item: Item, value: Value): boolean {
  if (!item.veto || value === 'na') return false;
  if (item.type === 'score') return (value as ScoreValue).points === 0;
  return tokens(item, value).has('fail');
}

function sum(items: readonly Item[], answers: Answers): Score {
  const total: Score = { points: 0, max: 0, vetoed: [] };
  for (const item of items) {
    const value = answers.get(item.key);
    const won = value === undefined ? null : itemPoints(item, value);
    if (value === undefined || won === null) continue;
    total.points += won;
    total.max += item.points;
    if (isVetoed(item, value)) total.vetoed.push(item.key);
  }
  return total;
}

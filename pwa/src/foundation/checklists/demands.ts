/** What an answer asks for in addition, and what a sheet still lacks before it can be submitted. */

import { tokens, visibleItems } from '@/foundation/checklists/conditions';
import {
  type Answers,
  type Finding,
  type Sheet,
  type Shot,
  type Value,
  valuesOf,
} from '@/foundation/checklists/sheet';
import { type Item, isEvidence, type TemplateDoc } from '@/foundation/checklists/template';

export type What =
  | 'answer'
  | 'photos'
  | 'note'
  | 'finding'
  | 'cause'
  | 'measure'
  | 'before'
  | 'after'
  | 'distinct'
  | 'signature';

export interface Need {
  photos: number;
  note: boolean;
}

/** One thing that submit waits for. `count` is how many more. */
export interface Missing {
  item: string;
  what: What;
  count: number;
  finding: string | null;
}

export interface Progress {
  answered: number;
  total: number;
}

/** The strictest of the demands that this answer meets. */
export function demanded(item: Item, value: Value): Need {
  const given = tokens(item, value);
  const met = item.demand.filter((demand) => demand.when.some((token) => given.has(token)));
  return {
    photos: Math.max(0, ...met.map((demand) => demand.photos)),
    note: met.some((demand) => demand.note),
  };
}

/** Everything that is still lacking, in the order of the paper; empty when ready to submit. */
export function missing(doc: TemplateDoc, sheet: Sheet, shots: readonly Shot[] = []): Missing[] {
  const values = valuesOf(sheet);
  const ofItems = visibleItems(doc, values).flatMap((item) =>
    itemLacks(item, sheet, values, shots),
  );
  const ofFindings = Object.keys(sheet.findings)
    .sort()
    .flatMap((key) => findingLacks(key, sheet.findings[key]!, shots));
  return [...ofItems, ...ofFindings];
}

/** How far the sheet is, by the items shown now. */
export function progress(doc: TemplateDoc, sheet: Sheet, shots: readonly Shot[] = []): Progress {
  const values = valuesOf(sheet);
  const shown = visibleItems(doc, values);
  const answered = shown.filter((item) => isAnswered(item, sheet, values, shots));
  return { answered: answered.length, total: shown.length };
}

/**
 * Digests that count as evidence of the item: each picture once, and only from the in-page camera
 * where the item insists on it.
 */
export function countingShots(item: Item, shots: readonly Shot[]): Set<string> {
  const counts = (shot: Shot) =>
    shot.item === item.key &&
    shot.purpose !== 'after' &&
    (shot.source === 'camera' || shot.purpose === 'signature' || !item.camera_only);
  return new Set(shots.filter(counts).map((shot) => shot.sha256));
}

export function isAnswered(
  item: Item,
  sheet: Sheet,
  values: Answers,
  shots: readonly Shot[],
): boolean {
  if (item.type === 'signature' && sheet.signature !== null) return true;
  return isEvidence(item) ? countingShots(item, shots).size > 0 : values.has(item.key);
}

function itemLacks(item: Item, sheet: Sheet, values: Answers, shots: readonly Shot[]): Missing[] {
  if (!isAnswered(item, sheet, values, shots)) {
    return item.required ? [lacks(item.key, unanswered(item))] : [];
  }
  const value = values.get(item.key) ?? null;
  const need = demanded(item, value);
  const photos = need.photos - countingShots(item, shots).size;
  const note = sheet.answers[item.key]?.note.trim() ?? '';
  return [
    ...(photos > 0 ? [lacks(item.key, 'photos', photos)] : []),
    ...(need.note && note === '' ? [lacks(item.key, 'note')] : []),
    ...(wantsFinding(item, value) && !hasFinding(item, sheet) ? [lacks(item.key, 'finding')] : []),
  ];
}

function unanswered(item: Item): What {
  if (item.type === 'photo') return 'photos';
  return item.type === 'signature' ? 'signature' : 'answer';
}

// A failed item without a finding would end there: nobody would be asked to put it right.
// Points taken off a score are a judgement of degree; the inspector may raise a finding.
const wantsFinding = (item: Item, value: Value): boolean =>
  ['pass_fail', 'single', 'multiple'].includes(item.type) && tokens(item, value).has('fail');

const hasFinding = (item: Item, sheet: Sheet): boolean =>
  Object.values(sheet.findings).some((finding) => finding.item === item.key);

function findingLacks(key: string, finding: Finding, shots: readonly Shot[]): Missing[] {
  const grave = finding.severity === 'serious' || finding.severity === 'danger';
  return [
    ...(grave && finding.cause.trim() === '' ? [lacks(finding.item, 'cause', 1, key)] : []),
    ...(grave && finding.measure.trim() === '' ? [lacks(finding.item, 'measure', 1, key)] : []),
    ...(finding.on_spot ? pairLacks(key, finding, shots) : []),
  ];
}

function pairLacks(key: string, finding: Finding, shots: readonly Shot[]): Missing[] {
  const own = shots.filter((shot) => shot.finding === key);
  const before = own.filter((shot) => shot.purpose === 'before' || shot.purpose === 'finding');
  const after = own.filter((shot) => shot.purpose === 'after');
  const absent: Missing[] = [];
  if (before.length === 0) absent.push(lacks(finding.item, 'before', 1, key));
  if (after.length === 0) absent.push(lacks(finding.item, 'after', 1, key));
  if (absent.length > 0) return absent;
  // The same picture twice is not a before and an after.
  const first = new Set(before.map((shot) => shot.sha256));
  const isPair = after.some((shot) => !first.has(shot.sha256));
  return isPair ? [] : [lacks(finding.item, 'distinct', 1, key)];
}

const lacks = (item: string, what: What, count = 1, finding: string | null = null): Missing => ({
  item,
  what,
  count,
  finding,
});

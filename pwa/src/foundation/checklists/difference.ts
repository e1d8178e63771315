/** What is different between two versions of a checklist, in the order of the newer one. Pure. */

import type { Item, Section, TemplateDoc } from '@/foundation/checklists/template';

export type Part = Section | Item;
export interface Change {
  /** what was changed: a section, an item, or the checklist itself, whose key is empty */
  of: 'doc' | 'section' | 'item';
  key: string;
  is: 'added' | 'removed' | 'moved' | 'changed';
  old: Part | null;
  new: Part | null;
  /** names of the fields that differ, where it was changed */
  fields: string[];
}

/** Keys are what stays the same over versions; an item that was both moved and changed is told twice. */
export function difference(before: TemplateDoc, after: TemplateDoc): Change[] {
  const sections = compared(
    'section',
    before.sections.map((one) => placed(one, '')),
    after.sections.map((one) => placed(one, '')),
  );
  const items = compared('item', itemsIn(before), itemsIn(after));
  const fields = differing(before, after, ['sections']);
  const doc: Change[] = fields.length
    ? [{ of: 'doc', key: '', is: 'changed', old: null, new: null, fields }]
    : [];
  return [...doc, ...sections, ...items];
}

type Placed = { part: Part; within: string };

const placed = (part: Part, within: string): Placed => ({ part, within });

const itemsIn = ({ sections }: TemplateDoc): Placed[] =>
  sections.flatMap((section) => section.items.map((item) => placed(item, section.key)));

function compared(of: 'section' | 'item', before: Placed[], after: Placed[]): Change[] {
  const was = new Map(before.map((one) => [one.part.key, one]));
  const is = new Set(after.map((one) => one.part.key));
  const moved = movedAmong(before, after);
  const found: Change[] = [];
  for (const { part } of after) {
    const old = was.get(part.key)?.part ?? null;
    const told = { of, key: part.key, old, new: part };
    if (!old) found.push({ ...told, is: 'added', fields: [] });
    else {
      const fields = differing(old, part, ['key', 'items']);
      if (fields.length) found.push({ ...told, is: 'changed', fields });
      if (moved.has(part.key)) found.push({ ...told, is: 'moved', fields: [] });
    }
  }
  for (const { part } of before)
    if (!is.has(part.key))
      found.push({ of, key: part.key, is: 'removed', old: part, new: null, fields: [] });
  return found;
}

/** Keys that stand elsewhere: in another section, or outside of the longest run that kept its order. */
function movedAmong(before: Placed[], after: Placed[]): Set<string> {
  const place = new Map(before.map((one, at) => [one.part.key, { at, within: one.within }]));
  const moved = new Set<string>();
  const stayed: { key: string; at: number }[] = [];
  for (const { part, within } of after) {
    const old = place.get(part.key);
    if (!old) continue;
    if (old.within === within) stayed.push({ key: part.key, at: old.at });
    else moved.add(part.key);
  }
  const kept = longestRun(stayed);
  for (const { key } of stayed) if (!kept.has(key)) moved.add(key);
  return moved;
}

/** The longest rising subsequence: what is left out of it is the least that can have been moved. */
function longestRun(all: { key: string; at: number }[]): Set<string> {
  const best: { length: number; from: number }[] = [];
  let last = -1;
  all.forEach(({ at }, here) => {
    let length = 1;
    let from = -1;
    for (let earlier = 0; earlier < here; earlier++) {
      const before = best[earlier]!;
      if (all[earlier]!.at < at && before.length + 1 > length) {
        length = before.length + 1;
        from = earlier;
      }
    }
    best.push({ length, from });
    if (last < 0 || length > best[last]!.length) last = here;
  });
  const run = new Set<string>();
  for (let at = last; at >= 0; at = best[at]!.from) run.add(all[at]!.key);
  return run;
}

function differing(before: object, after: object, except: string[]): string[] {
  const [old, fresh] = [before as Record<string, unknown>, after as Record<string, unknown>];
  const names = new Set([...Object.keys(old), ...Object.keys(fresh)]);
  return [...names].filter((name) => !except.includes(name) && !same(old[name], fresh[name]));
}

function same(one: unknown, other: unknown): boolean {
  if (one === other) return true;
  if (typeof one !== 'object' || typeof other !== 'object' || !one || !other) return false;
  const names = new Set([...Object.keys(one), ...Object.keys(other)]);
  const [a, b] = [one as Record<string, unknown>, other as Record<string, unknown>];
  return Array.isArray(one) === Array.isArray(other) && [...names].every((n) => same(a[n], b[n]));
}

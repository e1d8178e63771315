import { describe, expect, it } from 'vitest';
import { difference } from '@/foundation/checklists/difference';
import type { Item, Section, TemplateDoc } from '@/foundation/checklists/template';

const words = (zh: string) => ({ zh, en: zh });
const item = (key: string, more: Partial<Item> = {}) =>
  ({ key, text: words(key), ...more }) as Item;
const section = (key: string, items: Item[], title = key): Section => ({
  key,
  no: key,
  title: words(title),
  items,
});
const doc = (...sections: Section[]): TemplateDoc => ({ title: words('T'), sections });
const told = (before: TemplateDoc, after: TemplateDoc) =>
  difference(before, after).map((one) => [one.of, one.key, one.is, ...one.fields].join(' '));

describe('the difference between two versions', () => {
  const a = item('a');
  const b = item('b');
  const c = item('c');

  it('is nothing where nothing was changed, also in another spelling of the same', () => {
    expect(told(doc(section('s', [a, b])), doc(section('s', [{ ...a }, { ...b }])))).toEqual([]);
  });

  it('names what was added, removed and changed, with the fields', () => {
    const before = doc(section('s', [a, b]));
    const after = doc(section('s', [item('a', { points: 20, text: words('x') }), c], 'S'));
    expect(told(before, after)).toEqual([
      'section s changed title',
      'item a changed text points',
      'item c added',
      'item b removed',
    ]);
  });

  it('tells the fewest items that can have been moved', () => {
    const d = item('d');
    expect(told(doc(section('s', [a, b, c, d])), doc(section('s', [d, a, b, c])))).toEqual([
      'item d moved',
    ]);
  });

  it('tells a move into another section, and a change beside it', () => {
    const before = doc(section('s', [a, b]), section('t', [c]));
    const after = doc(section('s', [b]), section('t', [c, item('a', { veto: true })]));
    expect(told(before, after)).toEqual(['item a changed veto', 'item a moved']);
  });

  it('has the checklist itself first', () => {
    const after = { ...doc(section('s', [a])), persons: true };
    expect(told(doc(section('s', [a])), after)).toEqual(['doc  changed persons']);
  });
});

import { describe, expect, it } from 'vitest';
import { itemsOf, type TemplateDoc } from '@/foundation/checklists';
import {
  addItem,
  addSection,
  blank,
  conditionOf,
  docOf,
  earlier,
  freshName,
  leavesOf,
  listedBy,
  moved,
  onItem,
  tenthsOf,
  typed,
  without,
} from './editing';

const keys = (doc: TemplateDoc) =>
  doc.sections.map((one) => `${one.key}:${one.items.map((item) => item.key).join()}`).join(' ');
const nos = (doc: TemplateDoc) => itemsOf(doc).map((item) => item.no);

function two(): TemplateDoc {
  const doc = addSection(addSection(blank(), 's1'), 's2');
  return addItem(addItem(addItem(doc, 's1', 'i3'), 's1', 'i4'), 's2', 'i5');
}

describe('a checklist that is being written', () => {
  it('gives numbers that nothing else has', () => {
    const doc = two();
    expect(keys(doc)).toBe('s1:i3,i4 s2:i5');
    expect(nos(doc)).toEqual(['1.1', '1.2', '2.1']);
    expect(nos(addItem(without(doc, 'i3'), 's1', 'i9'))).toEqual(['1.2', '1.3', '2.1']);
    expect(freshName(['c1', 'c3'], 'c')).toBe('c4');
  });

  it('moves an item over the edge of its section, and stops at the ends', () => {
    const doc = two();
    expect(keys(moved(doc, 'i3', 1))).toBe('s1:i4,i3 s2:i5');
    expect(keys(moved(doc, 'i4', 1))).toBe('s1:i3 s2:i4,i5');
    expect(keys(moved(doc, 'i5', -1))).toBe('s1:i3,i4,i5 s2:');
    expect(keys(moved(doc, 'i3', -1))).toBe(keys(doc));
    expect(keys(moved(doc, 'i5', 1))).toBe(keys(doc));
    expect(keys(moved(doc, 's2', -1))).toBe('s2:i5 s1:i3,i4');
    expect(moved(doc, 'gone', 1)).toBe(doc);
  });

  it('keeps of an item what its new type can have', () => {
    const item = { ...itemsOf(two())[0]!, points: 20, veto: true };
    expect(typed(item, 'single')).toMatchObject({ points: 20, veto: true, number: null });
    expect(typed(item, 'single').choices).toHaveLength(2);
    expect(typed(item, 'photo')).toMatchObject({ points: 0, veto: false, choices: [] });
    expect(typed(item, 'number').number).toMatchObject({ min: '0', max: '100' });
  });

  it('takes choices from a list, keeps what fails, and lets them go again', () => {
    const text = { zh: '甲', en: 'A' };
    const item = { ...itemsOf(two())[0]!, type: 'single' as const };
    const before = { ...item, choices: [{ key: 'a', text: { zh: '', en: '' }, fail: true }] };
    const codes = [
      { code: 'A', text },
      { code: '1', text, until: '2026-01-01' },
    ];
    const listed = listedBy(before, { key: 'how', codes }, '2026-11-24');
    expect(listed).toMatchObject({ code_list: 'how', choices: [{ key: 'a', text, fail: true }] });
    expect(typed(listed, 'multiple').code_list).toBe('how');
    expect('code_list' in typed(listed, 'photo')).toBe(false);
    const own = listedBy(listed, null, '2026-11-24');
    expect('code_list' in own).toBe(false);
    expect(own.choices).toEqual(listed.choices);
  });

  it('shows conditions of one level and leaves deeper ones alone', () => {
    const [a, b] = [
      { item: 'a', in: ['fail'] },
      { item: 'b', in: ['na'] },
    ];
    expect(leavesOf(null)).toEqual({ of: 'all', leaves: [] });
    expect(leavesOf(a)).toEqual({ of: 'all', leaves: [a] });
    expect(leavesOf({ any: [a, b] })).toEqual({ of: 'any', leaves: [a, b] });
    expect(leavesOf({ any: [a, { all: [b] }] })).toBeNull();
    expect([conditionOf('any', []), conditionOf('any', [a]), conditionOf('any', [a, b])]).toEqual([
      null,
      a,
      { any: [a, b] },
    ]);
  });

  it('offers to a condition only what was asked before and can be right or wrong', () => {
    const doc = onItem(two(), 'i3', (item) => typed(item, 'text'));
    expect(earlier(doc, 'i5').map((item) => item.key)).toEqual(['i4']);
    expect(earlier(doc, 'i3')).toEqual([]);
  });

  it('reads points with one digit after the point, and nothing else', () => {
    expect(['2.5', '２', '1000', '0'].map(tenthsOf)).toEqual([25, 20, 10_000, 0]);
    expect(['', '-1', '1.25', '1000.1', 'a', '1e3'].map(tenthsOf)).toEqual(Array(6).fill(null));
  });

  it('takes whatever a draft holds', () => {
    expect(docOf(undefined)).toEqual(blank());
    expect(docOf({ title: { zh: '门', en: '' } })).toEqual({
      ...blank(),
      title: { zh: '门', en: '' },
    });
  });
});

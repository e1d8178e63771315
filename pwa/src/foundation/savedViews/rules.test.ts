import { expect, test } from 'vitest';
import type { Body } from '@/foundation/store/tables';
import { rules, type View } from './rules';

const view = (id: string, more: Partial<View> = {}): View => ({
  id,
  name: id,
  list: 'cases',
  query: {},
  standard: false,
  ...more,
});
function after(views: View[] | undefined, op: string, args: Body, of = 'me') {
  const asked = { id: 'c', op, rec: ['saved_views', of] as [string, string], args, actor: 'me' };
  const apply = rules.previews?.[op]?.apply;
  const at = '2026-11-27T01:00:00.000Z';
  return apply?.(views && { views }, { ...asked, at }, ['saved_views', of]);
}

test('the first view makes the record, its name in one line', () => {
  const args = {
    view: 'a',
    name: '  My open\n findings ',
    list: 'cases',
    query: { living: 'true' },
  };
  const made = view('a', { name: 'My open findings', query: { living: 'true' } });
  expect(after(undefined, 'saved_views.add', args)).toEqual({ views: [made] });
  expect(after([made], 'saved_views.add', args)).toEqual({ views: [made] });
});

test('a new name keeps the filter, and a new filter keeps the name', () => {
  const before = [view('a', { query: { state: 'open' } }), view('b')];
  expect(after(before, 'saved_views.change', { view: 'a', name: 'Mine' })).toEqual({
    views: [{ ...before[0], name: 'Mine' }, before[1]],
  });
  expect(after(before, 'saved_views.change', { view: 'a', query: {} })).toEqual({
    views: [{ ...before[0], query: {} }, before[1]],
  });
});

test.each([
  [0, 'cab'],
  [1, 'acb'],
  [99, 'abc'],
])('at place %i the others stand %s', (place, order) => {
  const before = [view('a'), view('b'), view('c')];
  const { views } = after(before, 'saved_views.move', { view: 'c', place }) as { views: View[] };
  expect(views.map(({ id }) => id).join('')).toBe(order);
});

test('a list has one standard, and other lists keep theirs', () => {
  const before = [
    view('a', { standard: true }),
    view('b'),
    view('r', { list: 'rounds', standard: true }),
  ];
  const standards = (args: Body) =>
    (after(before, 'saved_views.prefer', args) as { views: View[] }).views
      .filter(({ standard }) => standard)
      .map(({ id }) => id);
  expect(standards({ view: 'b', standard: true })).toEqual(['b', 'r']);
  expect(standards({ view: 'a', standard: false })).toEqual(['r']);
  expect(standards({ view: 'b', standard: false })).toEqual(['a', 'r']);
});

test('what is gone changes nothing, and the last view takes the record along', () => {
  const before = [view('a')];
  for (const op of ['change', 'move', 'prefer', 'remove'])
    expect(after(before, `saved_views.${op}`, { view: 'x', name: 'x', place: 0 })).toEqual({
      views: before,
    });
  expect(after(before, 'saved_views.remove', { view: 'a' })).toBeNull();
});

test("of somebody else's views nothing is guessed", () => {
  expect(after(undefined, 'saved_views.add', { view: 'a', name: 'x' }, 'other')).toBeUndefined();
});

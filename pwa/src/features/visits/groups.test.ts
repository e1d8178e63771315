import { expect, test } from 'vitest';
import { groupsOf } from './groups';
import { inOrder, type State, type VisitBody } from './model';
import type { Desk, Known } from './stores';

const TODAY = '2026-11-24';
const one = (
  id: string,
  state: State,
  day: string,
  begins = '09:00',
  staff = ['he', 'luo'],
): Known =>
  ({
    id,
    body: { outlet: 'o1', line: 'community', state, day, begins, staff } as unknown as VisitBody,
  }) as Known;
const desk = (visits: Known[], order: string[] = []): Desk =>
  ({
    me: { id: 'he', posts: [{ role: 'outreach', outlet: null, unit: null, line: null }] },
    visits,
    routes: [{ person: 'he', day: TODAY, order }],
  }) as unknown as Desk;
const ids = (rows: readonly { id: string }[]) => rows.map(({ id }) => id);

test('the way of the day is in its own order; what is new stands where its time puts it', () => {
  const rows = [
    one('a', 'scheduled', TODAY, '09:00'),
    one('b', 'scheduled', TODAY, '14:00'),
    one('c', 'scheduled', TODAY, '10:00'),
  ];
  expect(ids(inOrder(rows, []))).toEqual(['a', 'c', 'b']);
  expect(ids(inOrder(rows, ['b', 'a']))).toEqual(['c', 'b', 'a']);
});

test('what is left from a day before stays in the way; what is handed in does not', () => {
  const groups = groupsOf(
    desk([
      one('late', 'under_way', '2026-11-23'),
      one('now', 'scheduled', TODAY),
      one('handed', 'submitted', TODAY),
      one('next', 'scheduled', '2026-11-25'),
      one('gone', 'accepted', TODAY),
    ]),
    TODAY,
  );
  expect(ids(groups.route)).toEqual(['late', 'now']);
  expect(groups.rest.map(({ name, visits }) => [name, ids(visits)])).toEqual([
    ['later', ['next']],
    ['review', ['handed']],
    ['ended', ['gone']],
  ]);
});

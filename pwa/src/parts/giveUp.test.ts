import { expect, test } from 'vitest';
import { type Judge, mayGiveUp } from './giveUp';

const post = (role: string, outlet: string | null = null, line: string | null = null) => ({
  role,
  outlet,
  line,
});
const judge = (id: string, ...posts: Judge['posts']): Judge => ({ id, posts });
const where = { outlet: 'o1', line: 'retail', handedInBy: 'chen' };
const lost = { state: 'awaited', by: 'chen' } as const;

test.each([
  ['a manager of everything', judge('li', post('manager')), true],
  ['a manager of that outlet', judge('li', post('manager', 'o1')), true],
  ['a manager of another outlet', judge('li', post('manager', 'o2')), false],
  ['the lead of that line', judge('li', post('line_lead', null, 'retail')), true],
  ['the lead of another line', judge('li', post('line_lead', null, 'security')), false],
  ['the secretariat', judge('li', post('secretariat')), true],
  ['an inspector', judge('li', post('inspector')), false],
  ['a manager who took it', judge('chen', post('manager')), false],
])('%s', (_, me, may) => {
  expect(mayGiveUp(lost, me, where)).toBe(may);
});

test.each([
  ['awaited', true],
  ['refused', true],
  ['stored', false],
  ['accepted', false],
  ['waived', false],
] as const)('a photo that is %s', (state, may) => {
  expect(mayGiveUp({ state, by: 'wu' }, judge('li', post('manager')), where)).toBe(may);
});

test('whoever handed the record in does not excuse what another took for it', () => {
  const me = judge('chen', post('manager'));
  expect(mayGiveUp({ state: 'awaited', by: 'wu' }, me, where)).toBe(false);
});

import { expect, test } from 'vitest';
import type { Post } from '@/parts/directory';
import { PLANNERS } from '../writers';
import { type Errand, maySend, reaches, type UnitBody } from './reach';

const unit = (code: string, level: UnitBody['level'], parent: string | null) =>
  [code, { code, level, parent }] as const;
const UNITS = new Map([
  unit('branch', 'branch', null),
  unit('town', 'sub_branch', 'branch'),
  unit('hills', 'sub_branch', 'branch'),
  unit('service', 'department', 'branch'),
  unit('credit', 'department', 'hills'),
]);
const TOWN = { id: 'market', code: '01', unit: 'town' };
const HILLS = { id: 'valley', code: '02', unit: 'hills' };
const post = (held: Partial<Post>): Post => ({
  role: 'inspector',
  unit: null,
  outlet: null,
  line: null,
  title: { zh: '', en: '' },
  held_from: '2026-01-01',
  held_to: null,
  ...held,
});
const errand = (asked: Partial<Errand> = {}): Errand => ({
  line: 'operations',
  rhythm: 'monthly',
  today: '2026-11-27',
  ...asked,
});
const sent = (held: Partial<Post>, place = TOWN, asked: Partial<Errand> = {}) =>
  maySend([post(held)], place, errand(asked), UNITS);

test('a post covers what lies below its unit, and a department the branch that it is in', () => {
  expect([sent({}), sent({ unit: 'town' }), sent({ unit: 'hills' })]).toEqual([true, true, false]);
  expect([sent({ unit: 'service' }, HILLS), sent({ unit: 'credit' }, HILLS)]).toEqual([true, true]);
  expect([sent({ unit: 'credit' }), sent({ unit: 'nowhere' })]).toEqual([false, false]);
});

test('with two branches at the top neither covers the other', () => {
  const two = new Map([...UNITS, unit('other', 'branch', null)]);
  const at = (held: string) => maySend([post({ unit: held })], TOWN, errand(), two);
  expect([at('branch'), at('other')]).toEqual([true, false]);
});

test('a post without a line covers every line but security', () => {
  expect([sent({ line: 'retail' }), sent({ line: 'operations' })]).toEqual([false, true]);
  const patrol = { line: 'security' };
  expect([sent({}, TOWN, patrol), sent({ line: 'security' }, TOWN, patrol)]).toEqual([false, true]);
});

test('nobody is sent to the outlet they work in, unless it looks at itself', () => {
  const head = { role: 'outlet_head', outlet: 'market' };
  expect([sent(head), sent(head, TOWN, { rhythm: 'daily' })]).toEqual([false, true]);
  expect(sent(head, HILLS, { rhythm: 'daily' })).toBe(false);
  const both = [post({}), post({ role: 'outreach', outlet: 'market' })];
  expect(maySend(both, TOWN, errand(), UNITS)).toBe(false);
});

test('a post that is over or not begun sends nobody', () => {
  expect(sent({ held_to: '2026-11-26' })).toBe(false);
  expect(sent({ held_to: '2026-11-27', held_from: '2026-11-27' })).toBe(true);
  expect(sent({ held_from: '2026-11-28' })).toBe(false);
  expect(sent({ role: 'outreach' })).toBe(false);
});

test('rounds are planned where a post to plan with reaches', () => {
  const plans = (held: Partial<Post>) =>
    reaches([post(held)], PLANNERS, { place: TOWN, line: 'operations' }, UNITS);
  expect([
    plans({ role: 'manager', unit: 'town' }),
    plans({ role: 'manager', unit: 'hills' }),
  ]).toEqual([true, false]);
  expect(plans({ role: 'inspector' })).toBe(false);
});

test('a ring of units ends', () => {
  const ring = new Map([unit('a', 'department', 'b'), unit('b', 'department', 'a')]);
  expect(maySend([post({ unit: 'a' })], { ...TOWN, unit: 'b' }, errand(), ring)).toBe(false);
});

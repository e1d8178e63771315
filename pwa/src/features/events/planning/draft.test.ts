import { expect, test } from 'vitest';
import { blank, type Draft, lacksOf, minorSafe, planOf } from './draft';

const whole: Draft = {
  ...blank('2026-11-24', 'me'),
  theme: ' 防诈骗讲座 ',
  outlet: 'o1',
  line: 'community',
  place: '梧桐里',
};

test('a whole plan lacks nothing and becomes its command', () => {
  expect(lacksOf(whole).size).toBe(0);
  expect(
    planOf({ ...whole, people: '120', materials: [{ key: 'm1', name: '手册', n: '200' }] }),
  ).toMatchObject({
    theme: '防诈骗讲座',
    day: '2026-11-24',
    goals: { people: 120, follow_ups: 0 },
    materials: [{ key: 'm1', name: '手册', n: 200 }],
    staff: ['me'],
  });
});

test('of a festival the server gets code and year, and never a day', () => {
  const plan = planOf({
    ...whole,
    by: 'festival',
    festival: 'lantern',
    year: 2027,
    untilDay: '2027-01-01',
  });
  expect(plan.festival).toEqual({ code: 'lantern', year: 2027 });
  expect(plan).not.toHaveProperty('day');
  expect(plan).not.toHaveProperty('until_day');
});

test('what is missing is named', () => {
  expect([...lacksOf(blank('2026-11-24', 'me'))]).toEqual(['theme', 'outlet', 'line', 'place']);
  expect([...lacksOf({ ...whole, day: '', staff: [] })]).toEqual(['day', 'staff']);
});

test.each([
  ['16:00', '16:00'],
  ['16:00', '15:59'],
  ['', '15:00'],
])('from %s to %s is no time', (starts, ends) => {
  expect(lacksOf({ ...whole, starts, ends }).has('ends')).toBe(true);
});

test('protection of minors stays on where families come', () => {
  expect(minorSafe({ kind: 'children', minorSafe: false })).toBe(true);
  expect(planOf({ ...whole, kind: 'children' }).minor_safe).toBe(true);
  expect(planOf(whole).minor_safe).toBe(false);
});

test('what is no number says nothing', () => {
  expect(planOf({ ...whole, people: 'many' }).goals?.people).toBe(0);
});

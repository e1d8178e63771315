import { expect, test } from 'vitest';
import { actsOf, type Reader } from './acts';
import { type Case, caseOf } from './model';

const blank = { outlet: 'o1', line: 'retail', owner: 'xie', fixed_by: null, handover: null };
const asking = { until: '2026-12-01', reason: '', answer: 'asked' };
const oneIn = (state: Case['state'], more: object = {}): Case =>
  caseOf({ ...blank, state, extension: null, ...more } as never);
const who = (role: string, line: string | null = null, outlet: string | null = null): Reader => ({
  id: role,
  roles: new Set([role]),
  posts: [{ role, outlet, unit: null, line }],
});

test.each([
  ['manager', true],
  ['line_lead', true],
  ['secretariat', true],
  ['inspector', false],
  ['outlet_head', false],
])('more time is given, or refused, by a %s: %s', (role, may) => {
  const acts = actsOf(oneIn('accepted', { extension: asking }), who(role));
  expect([acts.has('extend'), acts.has('refuse_extension')]).toEqual([may, may]);
});

test('nobody refuses what was not asked, or lengthens what is reported', () => {
  expect(actsOf(oneIn('accepted'), who('secretariat')).has('refuse_extension')).toBe(false);
  expect(actsOf(oneIn('reported'), who('secretariat')).has('extend')).toBe(false);
});

test('the secretariat gives time and decides on no fix', () => {
  const acts = actsOf(oneIn('reported'), who('secretariat'));
  expect([acts.has('approve'), acts.has('return'), acts.has('cancel')]).toEqual(
    Array(3).fill(false),
  );
});

test('a post of another line or outlet gives nothing', () => {
  const asked = oneIn('accepted', { extension: asking });
  expect(actsOf(asked, who('line_lead', 'security')).size).toBe(0);
  expect(actsOf(asked, who('manager', null, 'o2')).size).toBe(0);
});

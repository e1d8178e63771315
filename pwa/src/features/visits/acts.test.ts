import { expect, test } from 'vitest';
import { actsOf, actsOn, waitsForMe } from './acts';
import type { AuthorisationBody, State, VisitBody } from './model';
import type { Reader } from './stores';

const visit = (state: State, more: object = {}): VisitBody =>
  ({ outlet: 'o1', line: 'community', state, staff: ['he', 'luo'], ...more }) as never;
const who = (id: string, role: string, outlet: string | null = null, line: string | null = null) =>
  ({ id, posts: [{ role, outlet, unit: null, line }] }) as Reader;
const he = who('he', 'outreach');
const manager = who('chen', 'manager');

test('only the two who were sent fill it in, and only while it is theirs', () => {
  expect(actsOf(visit('scheduled'), false, he).has('fill')).toBe(true);
  expect(actsOf(visit('scheduled'), false, who('lin', 'outreach')).has('fill')).toBe(false);
  expect(actsOf(visit('submitted'), false, he).has('fill')).toBe(false);
});

test('nobody reviews a visit of their own, whatever their post', () => {
  expect(waitsForMe(visit('submitted'), manager)).toBe(true);
  const own = visit('submitted', { staff: ['chen', 'luo'] });
  expect(actsOf(own, false, manager).has('accept')).toBe(false);
  expect(actsOf(own, false, manager).has('return')).toBe(false);
  expect(waitsForMe(own, manager)).toBe(false);
});

test('a doubt is for a supervisor: an outlet head may only return it', () => {
  const head = who('xie', 'outlet_head', 'o1');
  expect(actsOf(visit('submitted'), false, head).has('accept')).toBe(true);
  const acts = actsOf(visit('submitted'), true, head);
  expect([acts.has('accept'), acts.has('return')]).toEqual([false, true]);
  expect(actsOf(visit('submitted'), true, manager).has('accept')).toBe(true);
});

test('a post of another outlet or line gives nothing', () => {
  expect(actsOf(visit('submitted'), false, who('x', 'outlet_head', 'o2')).size).toBe(0);
  expect(actsOf(visit('submitted'), false, who('x', 'line_lead', null, 'retail')).size).toBe(0);
});

test.each([
  ['issued', '2026-12-01', true],
  ['issued', '2026-11-24', true],
  ['issued', '2026-11-23', false],
  ['used', '2026-12-01', false],
  ['revoked', '2026-12-01', false],
] as const)('an authorisation that is %s and ends on %s can be used: %s', (state, until, may) => {
  const one = { outlet: 'o1', line: 'community', state, until } as AuthorisationBody;
  expect(actsOn(one, he, '2026-11-24').has('use')).toBe(may);
});

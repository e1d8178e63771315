import { expect, test } from 'vitest';
import { actsOf, plans, type Reader } from './acts';
import type { EventBody } from './model';

const post = (role: string, outlet: string | null = null, line: string | null = null) => ({
  role,
  unit: null,
  outlet,
  line,
});
const su: Reader = { id: 'su', posts: [post('outreach', 'o1', 'community')] };
const zhou: Reader = { id: 'zhou', posts: [post('outlet_staff', 'o1')] };
const manager: Reader = { id: 'm', posts: [post('manager')] };
const elsewhere: Reader = { id: 'x', posts: [post('manager', 'o9')] };
const event = (more: Partial<EventBody>): EventBody =>
  ({
    outlet: 'o1',
    line: 'community',
    planned_by: 'su',
    staff: ['su', 'zhou'],
    result: null,
    state: 'draft',
    ...more,
  }) as EventBody;
const acts = (more: Partial<EventBody>, me: Reader) => [...actsOf(event(more), me)].sort();

test('whoever plans changes the draft and proposes it; nobody else does', () => {
  expect(acts({}, su)).toEqual(['assign_staff', 'cancel', 'invite', 'propose', 'revise']);
  expect(acts({}, zhou)).toEqual(['invite']);
  expect(plans(su)).toBe(true);
  expect(plans(zhou)).toBe(false);
});

test('another manager approves, never who planned it, and only in their own scope', () => {
  const own: Reader = { id: 'su', posts: [post('manager')] };
  expect(acts({ state: 'proposed' }, manager)).toEqual([
    'approve',
    'assign_staff',
    'cancel',
    'return',
  ]);
  expect(acts({ state: 'proposed' }, own)).not.toContain('approve');
  expect(acts({ state: 'proposed' }, own)).not.toContain('return');
  expect(acts({ state: 'proposed' }, elsewhere)).toEqual([]);
});

test('its staff open and close it, whatever their post', () => {
  expect(acts({ state: 'approved' }, zhou)).toContain('open');
  expect(acts({ state: 'open' }, zhou)).toContain('close');
  expect(acts({ state: 'approved' }, manager)).not.toContain('open');
});

test('a result is accepted by another than who handed it in', () => {
  const result = { by: 'zhou', state: 'handed_in' } as EventBody['result'];
  expect(acts({ state: 'closed', result }, manager)).toEqual(['accept_result', 'reopen', 'return']);
  expect(acts({ state: 'closed', result: { ...result!, by: 'm' } }, manager)).toEqual(['reopen']);
  expect(acts({ state: 'closed' }, manager)).toEqual(['reopen']);
  expect(acts({ state: 'closed' }, zhou)).toEqual(['conclude']);
  expect(acts({ state: 'reported', result }, manager)).toEqual([]);
});

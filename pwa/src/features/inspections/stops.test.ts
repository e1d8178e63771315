import { expect, test } from 'vitest';
import type { Me } from '@/parts/directory';
import { stops } from './stops';

const NOW = Date.parse('2026-11-27T02:00:00.000Z');
const ME: Me = { id: 'ana', name: 'Ana', posts: [], roles: new Set(['inspector']) };
const round = (id: string, values: object) => ({
  id,
  pending: 0,
  body: {
    assignee: 'ana',
    state: 'assigned',
    opens_at: null,
    due_at: '2026-11-27T10:00:00.000Z',
    submitted_at: null,
    outlet: 'lake',
    ...values,
  },
});
const nameOf = (_kind: string, id: unknown) => `<${String(id)}>`;

test('rounds of today are stops by when they are due, and colleagues keep theirs', () => {
  const rows = [
    round('late', { due_at: '2026-11-26T10:00:00.000Z' }),
    round('open', { state: 'open', due_at: '2026-11-27T12:00:00.000Z' }),
    round('done', { state: 'submitted', submitted_at: '2026-11-27T01:00:00.000Z' }),
    round('off', { state: 'cancelled' }),
    round('tomorrow', { opens_at: '2026-11-28T01:00:00.000Z' }),
    round('bens', { assignee: 'ben' }),
  ];
  expect(stops.of(rows, ME, NOW)).toEqual([
    { id: 'open', at: Date.parse('2026-11-27T12:00:00.000Z'), standing: 'under_way' },
    { id: 'late', at: Date.parse('2026-11-26T10:00:00.000Z'), standing: 'waits' },
    { id: 'done', at: Date.parse('2026-11-27T01:00:00.000Z'), standing: 'done' },
  ]);
});

test('with nothing to do, the nearest round of another day is told', () => {
  const rows = [
    round('in a week', { opens_at: '2026-12-04T01:00:00.000Z', outlet: 'gate' }),
    round('tomorrow', { opens_at: '2026-11-28T01:00:00.000Z' }),
    round('bens', { assignee: 'ben', opens_at: '2026-11-28T00:00:00.000Z' }),
  ];
  expect(stops.next?.(rows, ME, NOW, nameOf)).toEqual({
    at: Date.parse('2026-11-28T01:00:00.000Z'),
    title: '<lake>',
  });
  expect(stops.next?.([], ME, NOW, nameOf)).toBeNull();
});

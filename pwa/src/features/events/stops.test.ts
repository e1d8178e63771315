import { expect, test } from 'vitest';
import type { Listed } from '@/parts/contribution';
import type { Me } from '@/parts/directory';
import { stops } from './stops';

const NOW = Date.parse('2026-11-24T02:00:00Z');
const su = { id: 'su' } as Me;
const event = (id: string, state: string, more: Record<string, unknown> = {}): Listed =>
  ({
    id,
    pending: 0,
    body: {
      day: '2026-11-24',
      until_day: null,
      starts: '14:00',
      state,
      staff: ['su'],
      theme: id,
      ...more,
    },
  }) as unknown as Listed;

test('events that one works at today are stops, by the hour; one that was closed is done', () => {
  const rows = [
    event('later', 'approved'),
    event('now', 'open', { starts: '09:00' }),
    event('over', 'closed', { starts: '08:00' }),
    event('draft', 'draft'),
    event('others', 'open', { staff: ['zhou'] }),
    event('tomorrow', 'approved', { day: '2026-11-25' }),
  ];
  expect(stops.of(rows, su, NOW)).toEqual([
    { id: 'over', at: Date.parse('2026-11-24T00:00:00Z'), standing: 'done' },
    { id: 'now', at: Date.parse('2026-11-24T01:00:00Z'), standing: 'under_way' },
    { id: 'later', at: Date.parse('2026-11-24T06:00:00Z'), standing: 'waits' },
  ]);
});

test('the nearest one after today is told by what it is', () => {
  const rows = [
    event('far', 'approved', { day: '2026-12-24' }),
    event('near', 'approved', { day: '2026-11-25' }),
  ];
  expect(stops.next?.(rows, su, NOW, () => '')?.title).toBe('near');
});

import { expect, test } from 'vitest';
import { dueAfter } from './workdays';

const local = (day: Date) => new Date(day.getTime() + 8 * 3_600_000).toISOString().slice(0, 10);
const at = (day: string) => Date.parse(`${day}T02:00:00.000Z`);

test('three workdays from a Tuesday end on the Friday', () => {
  const due = dueAfter(3, at('2026-11-24'), []);
  expect(local(due.day)).toBe('2026-11-27');
  expect(due.holidays).toBe(0);
});

test('weekends do not count, a make-up Saturday does', () => {
  expect(local(dueAfter(3, at('2026-11-26'), []).day)).toBe('2026-12-01');
  const calendar = [{ days: { '2026-11-28': 'work' } }];
  expect(local(dueAfter(3, at('2026-11-26'), calendar).day)).toBe('2026-11-30');
});

test('a holiday in between is told', () => {
  const calendar = [{ days: { '2026-10-01': 'rest', '2026-10-02': 'rest' } }];
  const due = dueAfter(2, at('2026-09-30'), calendar);
  expect(local(due.day)).toBe('2026-10-06');
  expect(due.holidays).toBe(2);
});

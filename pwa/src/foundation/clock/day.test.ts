import { expect, test } from 'vitest';
import { dayKey } from './day';

test('the date is that of China, in the form that fields and reckoning take', () => {
  expect(dayKey('2026-11-24T15:59:59.999Z')).toBe('2026-11-24');
  expect(dayKey('2026-11-24T16:00:00Z')).toBe('2026-11-25');
  expect(dayKey(Date.parse('2027-01-01T00:00:00+08:00'))).toBe('2027-01-01');
});

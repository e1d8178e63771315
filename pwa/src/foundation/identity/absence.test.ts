import { expect, test } from 'vitest';
import { isAway } from './absence';

const DAY = 86_400_000;

test('thirty days without an answer are allowed, a moment more is not', () => {
  expect(isAway(0, 30 * DAY)).toBe(false);
  expect(isAway(0, 30 * DAY + 1)).toBe(true);
});

test('a clock that went back, and a database that never noted it, lock nothing', () => {
  expect(isAway(90 * DAY, DAY)).toBe(false);
  expect(isAway(null, 90 * DAY)).toBe(false);
});

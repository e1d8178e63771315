import { expect, test } from 'vitest';
import type { ReadyCheck } from './contribution';
import { readySummary } from './readiness';

const check = (standing: ReadyCheck['standing']): ReadyCheck => ({
  key: standing,
  standing,
  word: () => '',
  told: () => '',
  act: null,
});

test('the mark tells the worst, and nothing before there was a look', () => {
  expect(readySummary(null)).toBeNull();
  expect(readySummary([])).toEqual({ standing: 'ok', n: 0 });
  expect(readySummary([check('ok'), check('ok')])).toEqual({ standing: 'ok', n: 2 });
  expect(readySummary([check('unknown'), check('ok')])).toEqual({ standing: 'unknown', n: 1 });
  expect(readySummary([check('unknown'), check('missing'), check('missing')])).toEqual({
    standing: 'missing',
    n: 2,
  });
});

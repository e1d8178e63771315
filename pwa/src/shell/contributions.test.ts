import { expect, test } from 'vitest';
import { wholeOf } from './contributions';

test('a part is counted and found as its whole, whatever its id adds', () => {
  expect(wholeOf(['sheet', 'r1'])).toEqual(['round', 'r1']);
  expect(wholeOf(['sheet', 'r1.second'])).toEqual(['round', 'r1']);
});

test('what is no part keeps its id as it is', () => {
  expect(wholeOf(['round', 'r1.x'])).toEqual(['round', 'r1.x']);
});

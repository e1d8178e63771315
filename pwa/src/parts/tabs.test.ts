import { expect, test } from 'vitest';
import { fold } from './tabs';

test('up to five places stand in the bar, and nothing is folded away for one of them', () => {
  expect(fold(['today', 'findings', 'device'])).toEqual({
    shown: ['today', 'findings', 'device'],
    more: [],
  });
  expect(fold([1, 2, 3, 4, 5]).more).toEqual([]);
});

test('with five contributed places the device stays in reach and none is lost', () => {
  const { shown, more } = fold(['today', 'a', 'b', 'c', 'd', 'e', 'device']);
  expect(shown).toEqual(['today', 'a', 'b', 'device']);
  expect(more).toEqual(['c', 'd', 'e']);
});

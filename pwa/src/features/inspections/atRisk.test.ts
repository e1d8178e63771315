import { expect, test } from 'vitest';
import { firstAtRisk } from './atRisk';

const round = (id: string, state: 'assigned' | 'open' | 'submitted') => ({
  id,
  body: { state, assignee: 'ana', outlet: 'LX01' },
});
const mine = [round('a', 'assigned'), round('b', 'open'), round('c', 'submitted')];
const unsent = (...ids: string[]) => new Set(ids.map((id) => `round:${id}`));

test('a round that was begun and has not gone out comes first', () => {
  expect(firstAtRisk(mine, unsent('b'), 'a')?.id).toBe('b');
  expect(firstAtRisk(mine, unsent('b'), null)?.id).toBe('b');
});

test('the round itself, a sent one and one that was handed in stand in nobody\u2019s way', () => {
  expect(firstAtRisk(mine, unsent('b'), 'b')).toBeNull();
  expect(firstAtRisk(mine, unsent(), 'a')).toBeNull();
  expect(firstAtRisk(mine, unsent('c'), 'a')).toBeNull();
});

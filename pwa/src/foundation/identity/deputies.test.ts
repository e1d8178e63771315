import { expect, test } from 'vitest';
import { type DeputyBody, stateOf } from './deputies';
import { standsInFor } from './rights';

const TODAY = '2026-11-27';
const body: DeputyBody = {
  person: 'a',
  deputy: 'b',
  first_day: TODAY,
  last_day: '2026-12-01',
  appointed_at: '2026-11-26T01:00:00.000Z',
  ended_at: null,
};

test('it lasts from its first day to its last, unless it was ended before', () => {
  expect(stateOf(body, '2026-11-26')).toBe('coming');
  expect(stateOf(body, TODAY)).toBe('lasting');
  expect(stateOf(body, '2026-12-01')).toBe('lasting');
  expect(stateOf(body, '2026-12-02')).toBe('over');
  expect(stateOf({ ...body, ended_at: '2026-11-27T01:00:00.000Z' }, TODAY)).toBe('over');
});

test('work is for somebody else only where no post of one’s own reaches it', () => {
  const lent = { role: 'manager', unit: null, outlet: null, line: null, forPerson: 'a' };
  const own = { role: 'manager', unit: null, outlet: 'hill', line: 'retail' };
  const at = (outlet: string, line: string) =>
    standsInFor([own, lent], ['manager'], { outlet, line });
  expect(at('lake', 'service')).toBe('a');
  expect(at('hill', 'service')).toBe('a');
  expect(at('hill', 'retail')).toBeNull();
  expect(standsInFor([own, lent], ['line_lead'], { outlet: 'lake', line: 'service' })).toBeNull();
});

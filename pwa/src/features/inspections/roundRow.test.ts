import { beforeAll, expect, test } from 'vitest';
import { wordsReady } from '@/parts/words.svelte';
import type { RoundBody } from './model';
import { byUrgency, type RoundRec, rowOf } from './roundRow';

beforeAll(wordsReady);

const NOW = Date.parse('2026-11-27T02:00:00.000Z');
const row = (at: string) => {
  const body = { state: 'submitted', rhythm: 'daily', submitted_at: at, received_at: at };
  const score = { points: 980, max: 1000, vetoed: [] };
  const whole = { ...body, score, verified: true, outlet: 'o' } as unknown as RoundBody;
  return rowOf({ id: 'r', body: whole, pending: 0 }, () => '北关支行', NOW);
};

test('an hour without a day is today, and no other day', () => {
  expect(row('2026-11-27T01:41:00.000Z')).toMatchObject({
    second: '每日检查，已提交',
    mark: { word: '已核验 09:41' },
  });
  expect(row('2026-11-24T01:41:00.000Z')).toMatchObject({
    second: '每日检查，11月24日已提交',
    mark: { word: '已核验 11月24日 09:41' },
  });
});

test('a score is told with what it is out of', () => {
  expect(row('2026-11-27T01:41:00.000Z')).toMatchObject({ figure: '98', of: '100' });
});

test('what is due first stands first, and of what was handed in the newest', () => {
  const rec = (id: string, body: Partial<RoundBody>) => ({ id, body, pending: 0 }) as RoundRec;
  const rows = [
    rec('old', { state: 'submitted', submitted_at: '2026-11-03' }),
    rec('new', { state: 'submitted', submitted_at: '2026-11-24' }),
    rec('later', { state: 'assigned', due_at: '2026-12-03' }),
    rec('soon', { state: 'assigned', due_at: '2026-11-27' }),
  ];
  expect(rows.sort(byUrgency).map(({ id }) => id)).toEqual(['soon', 'later', 'new', 'old']);
});

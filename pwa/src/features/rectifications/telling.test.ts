import { beforeAll, expect, test } from 'vitest';
import { wordsReady } from '@/parts/words.svelte';
import type { Desk } from './desk';
import type { Case, Photo } from './model';
import { dueCounted, secondLine, takenText } from './telling';

beforeAll(wordsReady);

const DUE = '2026-11-19T10:00:00.000Z';
const AFTER = Date.parse('2026-11-27T02:00:00.000Z');
const BARE = { outlet: 'o', state: 'accepted', due_at: DUE, due_steps: [], extension: null };
const one = (part: Partial<Case>) => ({ ...BARE, late: false, ...part }) as unknown as Case;
const names = { outlets: new Map([['o', { name: { zh: '江滨支行', en: 'Riverside' } }]]) };
const line = (part: Partial<Case>) => secondLine(names as unknown as Desk, one(part), AFTER);

test('a date in red says in words why it is red', () => {
  expect(line({})).toBe('江滨支行，11月19日起超期');
  expect(line({ state: 'reported', late: true })).toBe('江滨支行，限 11月19日，曾超期');
  expect(line({ state: 'reported' })).toBe('江滨支行，11月19日');
});

test('a due day is told with the workdays that led to it', () => {
  const days = [
    ['2026-11-13', 0],
    ['2026-11-14', 0],
    ['2026-11-16', 1],
    ['2026-11-17', 2],
  ] as const;
  const due_steps = days.map(([day, nth]) => ({
    day,
    nth,
    why: 'workday' as const,
    published: true,
  }));
  expect(dueCounted(one({ due_steps }))).toBe('限 11月19日 18:00，从 11月13日起 2 个工作日');
  const chosen = { day: '2026-11-17', nth: 0, why: 'workday' as const, published: true };
  expect(dueCounted(one({ due_steps: [chosen] }))).toBe('限 11月19日 18:00');
});

test('where the clock of a phone was off, the bounds are told instead of its time', () => {
  const at = (taken_at: string) =>
    takenText({
      taken_at,
      earliest: '2026-11-27T01:10:00.000Z',
      latest: '2026-11-27T03:42:00.000Z',
    } as Photo);
  expect(at('2026-11-27T02:00:00.000Z')).toBe('11月27日 10:00');
  expect(at('2026-11-26T02:00:00.000Z')).toBe('拍摄于 11月27日 09:10 到 11月27日 11:42 之间');
});

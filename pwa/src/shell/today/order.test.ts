import { expect, test } from 'vitest';
import type { ReadyCheck, Stop } from '@/parts/contribution';
import { inOneList, type Placed, unionOf } from './order';

const placed = (kind: string, ...stops: [string, number | null, Stop['standing']?][]): Placed[] =>
  stops.map(([id, at, standing = 'waits']) => ({ kind, stop: { id, at, standing } }));
const ids = (...lists: Placed[][]) => inOneList(lists).map(({ stop }) => stop.id);

test('stops of several features stand by the clock, and those without an hour after them', () => {
  const rounds = placed('round', ['r1', 9], ['r2', 18]);
  const visits = placed('visit', ['v1', 10], ['v2', 14]);
  const events = placed('event', ['e1', null]);
  expect(ids(rounds, visits, events)).toEqual(['r1', 'v1', 'v2', 'r2', 'e1']);
});

test('the order of the way that a feature gives is never turned round', () => {
  const visits = placed('visit', ['v2', 14], ['v1', 10], ['v3', null]);
  expect(ids(visits, placed('round', ['r1', 12]))).toEqual(['r1', 'v2', 'v1', 'v3']);
});

test('what is under way comes first and what is done last, the newest first', () => {
  const rounds = placed('round', ['r1', 9, 'done'], ['r2', 12, 'under_way'], ['r3', 8]);
  const visits = placed('visit', ['v1', 11, 'done'], ['v2', 7]);
  expect(ids(rounds, visits)).toEqual(['r2', 'v2', 'r3', 'v1', 'r1']);
});

test('nothing is nothing', () => {
  expect(ids()).toEqual([]);
  expect(ids([], [])).toEqual([]);
});

test('what all stops need is told once and at its worst', () => {
  const check = (key: string, standing: ReadyCheck['standing']): ReadyCheck => ({
    key,
    standing,
    word: () => key,
    told: () => '',
    act: null,
  });
  const first = [check('camera', 'ok'), check('paper', 'ok'), check('place', 'unknown')];
  const second = [check('camera', 'ok'), check('paper', 'missing')];
  const told = unionOf([first, second]).map(({ key, standing }) => [key, standing]);
  expect(told).toEqual([
    ['paper', 'missing'],
    ['place', 'unknown'],
    ['camera', 'ok'],
  ]);
});

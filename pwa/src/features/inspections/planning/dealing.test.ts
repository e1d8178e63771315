import { expect, test } from 'vitest';
import { deal, openDays, plannedIn, propose, spread } from './dealing';

const place = (id: string, unit = 'town') => ({ id, code: id, unit });
const places = (n: number, unit = 'town') =>
  Array.from({ length: n }, (_, at) => place(`${unit}${String(at).padStart(2, '0')}`, unit));
const everywhere = () => true;
const shares = (rows: { assignee: string | null }[]) => {
  const counts: Record<string, number> = {};
  for (const { assignee } of rows) counts[String(assignee)] = (counts[String(assignee)] ?? 0) + 1;
  return counts;
};

test('everybody gets as many as the others, or one more', () => {
  const rows = deal(places(41), ['a', 'b', 'c', 'd'], everywhere);
  expect(shares(rows)).toEqual({ a: 11, b: 10, c: 10, d: 10 });
  expect(new Set(rows.map(({ outlet }) => outlet)).size).toBe(41);
});

test('outlets of one unit go to one person as far as shares allow', () => {
  const rows = deal([...places(3, 'hills'), ...places(3, 'town')], ['a', 'b'], everywhere);
  expect(rows.map(({ outlet, assignee }) => outlet.slice(0, 4) + assignee)).toEqual([
    'hilla',
    'hilla',
    'hilla',
    'townb',
    'townb',
    'townb',
  ]);
});

test('where only one may go is dealt first, so that the others take what is left', () => {
  const only = (person: string, at: { id: string }) => person === 'b' || at.id !== 'town03';
  const rows = deal(places(4), ['a', 'b'], only);
  expect(shares(rows)).toEqual({ a: 2, b: 2 });
  expect(rows.at(-1)).toMatchObject({ outlet: 'town03', assignee: 'b', able: ['b'] });
});

test('somebody who alone may go takes more than a share, and where nobody may it says so', () => {
  const lone = (person: string, at: { id: string }) => person === 'a' && at.id !== 'town00';
  const rows = deal(places(4), ['a', 'b'], lone);
  expect(rows.map(({ assignee }) => assignee)).toEqual([null, 'a', 'a', 'a']);
  expect(deal(places(1), [], everywhere)).toEqual([{ outlet: 'town00', assignee: null, able: [] }]);
});

const CALENDAR = [{ year: 2026, published: true, days: { '2026-11-28': 'work' as const } }];
const OUTLET = { kind: 'outlet' as const, open_days: 'week' as const, own_days: { week: [6, 7] } };

test('an outlet is open on its own days, and a self-service point on those of the bank', () => {
  const at = (kind: 'outlet' | 'self_service') =>
    openDays(CALENDAR, '2026-11-26', '2026-11-30', { ...OUTLET, kind });
  expect(at('outlet')).toEqual(['2026-11-28', '2026-11-29']);
  expect(at('self_service')).toEqual(['2026-11-26', '2026-11-27', '2026-11-28', '2026-11-30']);
});

test('everybody’s outlets are spread over the days, and one that never opens waits for the last', () => {
  const rows = ['a', 'a', 'b', 'a', 'a'].map((assignee, at) => ({ outlet: `o${at}`, assignee }));
  const daysOf = (outlet: string) => (outlet === 'o4' ? [] : ['1', '2']);
  expect([...spread(rows, daysOf, '9').values()]).toEqual(['1', '1', '1', '2', '9']);
});

test('a round has the whole time, or a day of its own', () => {
  const dealt = deal(places(2), ['a'], everywhere);
  const time = { from: '1', until: '9', daysOf: () => ['3', '4'] };
  const asked = (each: 'any' | 'own') =>
    propose(dealt, { ...time, each }).map(({ from, until }) => from + until);
  expect(asked('any')).toEqual(['19', '19']);
  expect(asked('own')).toEqual(['33', '44']);
});

test('an outlet with such a round in the time is left out, unless that one was called off', () => {
  const round = (outlet: string, more: object = {}) => ({
    template: 't1',
    outlet,
    state: 'assigned',
    opens_at: '2026-11-20',
    due_at: '2026-11-27',
    opened_at: null,
    ...more,
  });
  const unplanned = { opens_at: null, due_at: null, opened_at: '2026-11-28' };
  const rounds = [
    round('met'),
    round('before', { due_at: '2026-11-26' }),
    round('after', { opens_at: '2026-12-02', due_at: '2026-12-09' }),
    round('off', { state: 'cancelled' }),
    round('other', { template: 't2' }),
    round('walked in', unplanned),
  ];
  const found = plannedIn(rounds, new Set(['t1']), '2026-11-27', '2026-12-01', (at) => at);
  expect([...found]).toEqual(['met', 'walked in']);
});

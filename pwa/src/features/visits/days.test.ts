import { expect, test } from 'vitest';
import { dayAfter, monthsOn, moved, weeksOf } from './days';
import { wayTo } from './way';

test('a day after the last of a month is the first of the next, in leap years too', () => {
  expect(dayAfter('2026-11-30', 1)).toBe('2026-12-01');
  expect(dayAfter('2028-02-28', 1)).toBe('2028-02-29');
  expect(dayAfter('2027-01-01', -1)).toBe('2026-12-31');
});

test('months go on over the end of a year, both ways', () => {
  expect(monthsOn('2026-11-24', 2)).toBe('2027-01-01');
  expect(monthsOn('2026-01-31', -1)).toBe('2025-12-01');
});

test('a month is whole weeks from Monday, with no day of it left out', () => {
  const weeks = weeksOf('2026-11-24');
  expect(weeks[0]![0]).toBe('2026-10-26');
  expect(weeks.at(-1)!.at(-1)).toBe('2026-12-06');
  expect(weeks.flat().filter((day) => day.startsWith('2026-11'))).toHaveLength(30);
});

test('a month that begins on a Monday begins with its first', () => {
  expect(weeksOf('2027-02-10').map((week) => week[0])).toEqual([
    '2027-02-01',
    '2027-02-08',
    '2027-02-15',
    '2027-02-22',
  ]);
});

test('a stop moves one place and stays at the ends', () => {
  expect(moved(['a', 'b', 'c'], 'b', -1)).toEqual(['b', 'a', 'c']);
  expect(moved(['a', 'b', 'c'], 'c', 1)).toEqual(['a', 'b', 'c']);
  expect(moved(['a', 'b'], 'x', 1)).toEqual(['a', 'b']);
});

test('the way is handed to the map that the phone has', () => {
  expect(wayTo('柳溪路 12 号', 'Mozilla/5.0 (Linux; Android 14)')).toBe(
    `geo:0,0?q=${encodeURIComponent('柳溪路 12 号')}`,
  );
  expect(wayTo('12 Liuxi Road', 'Mozilla/5.0 (iPhone; CPU iPhone OS 17_0)')).toBe(
    'maps:?q=12%20Liuxi%20Road',
  );
});

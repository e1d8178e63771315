import { expect, test } from 'vitest';
import type { Listed } from '@/parts/contribution';
import type { Me } from '@/parts/directory';
import { stops } from './stops';

const NOW = Date.parse('2026-11-24T02:00:00Z');
const he = { id: 'he' } as Me;
const visit = (id: string, begins: string, state = 'scheduled', day = '2026-11-24'): Listed =>
  ({ id, pending: 0, body: { day, begins, state, staff: ['he', 'luo'] } }) as Listed;
const way = (order: string[]): Listed =>
  ({ id: 'w', pending: 0, body: { person: 'he', day: '2026-11-24', order } }) as never;
const ids = (rows: Listed[], ways?: Listed[]) => stops.of(rows, he, NOW, ways).map(({ id }) => id);

test('the order of the way is one’s own, and by the hour where none was chosen', () => {
  const rows = [visit('b', '14:00'), visit('a', '09:00')];
  expect(ids(rows)).toEqual(['a', 'b']);
  expect(ids(rows, [way(['b', 'a'])])).toEqual(['b', 'a']);
});

test('what is another’s, of another day or off is no stop; what was handed in today is done', () => {
  const others = { ...visit('x', '09:00'), body: { ...visit('x', '09:00').body, staff: ['su'] } };
  const rows = [
    others,
    visit('later', '09:00', 'scheduled', '2026-11-25'),
    visit('off', '09:00', 'postponed'),
    visit('handed', '10:00', 'submitted'),
    visit('back', '11:00', 'returned'),
  ];
  expect(stops.of(rows, he, NOW).map(({ id, standing }) => [id, standing])).toEqual([
    ['handed', 'done'],
    ['back', 'under_way'],
  ]);
});

test('the nearest one after today is named by its outlet alone', () => {
  const rows = [
    visit('far', '09:00', 'scheduled', '2026-11-28'),
    visit('near', '08:00', 'scheduled', '2026-11-25'),
  ];
  const next = stops.next?.(rows, he, NOW, () => '柳溪路支行');
  expect(next).toEqual({ at: Date.parse('2026-11-25T08:00:00+08:00'), title: '柳溪路支行' });
});

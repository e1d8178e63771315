import { expect, test } from 'vitest';
import { dayAfter } from '@/foundation/workdays';
import {
  daysBetween,
  draftOf,
  faultsOf,
  markSpans,
  type OutletBody,
  outletOf,
  treeOf,
  type UnitBody,
} from './model';

const LAKE: OutletBody = {
  code: '001',
  name: { zh: '湖滨', en: 'Lakeside' },
  unit: 'city',
  kind: 'outlet',
  address: { zh: '湖滨路 1 号', en: '' },
  open_days: 'week',
  own_days: { week: [2, 3, 4, 5, 6], days: { '2026-10-01': 'work' } },
};

test('an outlet that is opened and kept unchanged says what it said', () => {
  const { closed_on: _closed, ...body } = LAKE;
  expect(outletOf(draftOf(LAKE))).toEqual(body);
  expect(faultsOf(draftOf(LAKE))).toEqual([]);
});

test('a blank outlet lacks its code, name and unit, and a week of its own needs a day', () => {
  expect(faultsOf(draftOf())).toEqual(['code', 'name', 'unit']);
  expect(faultsOf({ ...draftOf(LAKE), week: [] })).toEqual(['week']);
});

test('weekdays are not sent where the bank’s own days count, and the Chinese name stands for both', () => {
  const asked = outletOf({ ...draftOf(LAKE), open_days: 'workdays', name_en: ' ' });
  expect(asked.own_days?.week).toEqual([]);
  expect(asked.name).toEqual({ zh: '湖滨', en: '湖滨' });
});

test('units stand below their parents, and a ring of parents hides nobody else', () => {
  const unit = (id: string, parent: string | null): { id: string; body: UnitBody } => ({
    id,
    body: { code: id, name: { zh: id, en: id }, level: 'branch', parent },
  });
  const units = [unit('b', 'a'), unit('a', null), unit('c', 'b'), unit('d', 'elsewhere')];
  expect(treeOf(units).map(({ unit: { id }, deep }) => [id, deep])).toEqual([
    ['a', 0],
    ['b', 1],
    ['c', 2],
    ['d', 0],
  ]);
  expect(treeOf([unit('x', 'y'), unit('y', 'x'), unit('z', null)])).toHaveLength(1);
});

test('marked days that follow each other are one span, and a weekend between two is not', () => {
  const spans = markSpans(
    { '2027-02-08': 'rest', '2027-02-06': 'work', '2027-02-07': 'rest', '2027-04-05': 'rest' },
    dayAfter,
  );
  expect(spans).toEqual([
    { from: '2027-02-06', to: '2027-02-06', mark: 'work' },
    { from: '2027-02-07', to: '2027-02-08', mark: 'rest' },
    { from: '2027-04-05', to: '2027-04-05', mark: 'rest' },
  ]);
});

test('a span of days has both ends, and one that is backwards or too long has none', () => {
  expect(daysBetween('2027-02-27', '2027-03-01', dayAfter)).toHaveLength(3);
  expect(daysBetween('2027-03-02', '2027-03-01', dayAfter)).toEqual([]);
  expect(daysBetween('2027-01-01', '2027-06-01', dayAfter)).toEqual([]);
});

import { expect, test } from 'vitest';
import { type House, stepsOf } from './firstSteps';

const EMPTY: House = { units: 0, lines: 0, outlets: 0, people: 1, templates: 0, days: false };
const FULL: House = { units: 1, lines: 1, outlets: 1, people: 2, templates: 1, days: true };
const done = (house: House) => stepsOf(house).map((one) => one.done);

test('an empty house is told everything, the founder alone being nobody', () => {
  expect(stepsOf(EMPTY).map(({ step }) => step)).toEqual([
    'units',
    'lines',
    'outlets',
    'people',
    'days',
    'templates',
  ]);
  expect(done(EMPTY)).toEqual([false, false, false, false, false, false]);
});

test('what is done is marked, and the rest stays', () => {
  expect(done({ ...FULL, templates: 0 })).toEqual([true, true, true, true, true, false]);
});

test('a house that works is left alone, also in a year whose days are not in', () => {
  expect(stepsOf(FULL)).toEqual([]);
  expect(stepsOf({ ...FULL, days: false })).toEqual([]);
});

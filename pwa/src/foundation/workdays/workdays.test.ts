/** The case file of tests/foundation/organisation, counted here as Python counts it. */
import { expect, test } from 'vitest';
import caseFile from '../../../../tests/foundation/organisation/cases/workdays.json';
import { addWorkdays, type CalendarBody, isOpen, type OutletDays, spansOf, yearsLacking } from '.';

interface Case {
  name: string;
  years: string[];
  outlet: string | null;
  start: string;
  count: number;
  steps: string[];
}
const years = caseFile.years as unknown as Record<string, CalendarBody>;
const outlets = caseFile.outlets as unknown as Record<string, OutletDays>;
const cases = caseFile.cases as Case[];

test.each(cases.map((one) => [one.name, one] as const))('%s', (_, one) => {
  const calendar = one.years.map((name) => years[name] as CalendarBody);
  const steps = addWorkdays(
    calendar,
    one.start,
    one.count,
    one.outlet ? outlets[one.outlet] : null,
  );
  expect(steps.map((s) => `${s.day} ${s.nth} ${s.why}${s.published ? '' : ' ?'}`)).toEqual(
    one.steps,
  );
});

test.each([-1, 367])('%i workdays are refused', (count) => {
  expect(() => addWorkdays([], '2026-01-01', count)).toThrow(RangeError);
});

test('days that follow each other for one reason are told in one line', () => {
  const spans = spansOf(addWorkdays([years['2026'] as CalendarBody], '2026-09-30', 3));
  expect(spans.map(({ why, from, to, first, last }) => [why, from, to, first, last])).toEqual([
    ['start', '2026-09-30', '2026-09-30', 0, 0],
    ['holiday', '2026-10-01', '2026-10-07', 0, 0],
    ['workday', '2026-10-08', '2026-10-09', 1, 2],
    ['make_up', '2026-10-10', '2026-10-10', 3, 3],
  ]);
});

test('the years whose list is not in are named once', () => {
  expect(yearsLacking(addWorkdays([], '2026-12-30', 3))).toEqual([2026, 2027]);
  expect(yearsLacking(addWorkdays([years['2026'] as CalendarBody], '2026-12-28', 1))).toEqual([]);
});

test('a place is open until the day before it closes', () => {
  expect(isOpen({ closed_on: '2026-12-01' }, '2026-11-30')).toBe(true);
  expect(isOpen({ closed_on: '2026-12-01' }, '2026-12-01')).toBe(false);
  expect(isOpen({ closed_on: null }, '2026-12-01')).toBe(true);
});

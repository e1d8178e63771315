import { expect, test } from 'vitest';
import { type DeputyDraft, daysOf, deputyFaults } from './deputy';

const TODAY = '2026-11-27';
const faults = (values: Partial<DeputyDraft>) =>
  deputyFaults(
    { person: 'a', deputy: 'b', first: TODAY, last: '2026-12-01', reason: '年假', ...values },
    TODAY,
  );

test('two people, days in order from today on, at most 92, and why', () => {
  expect(faults({})).toEqual([]);
  expect(faults({ deputy: 'a' })).toEqual(['self']);
  expect(faults({ deputy: '' })).toEqual(['deputy']);
  expect(faults({ person: '' })).toEqual(['person']);
  expect(faults({ last: '2026-11-26' })).toEqual(['dates']);
  expect(faults({ first: '2026-11-26' })).toEqual(['past']);
  expect(faults({ last: '2027-02-26' })).toEqual([]);
  expect(faults({ last: '2027-02-27' })).toEqual(['long']);
  expect(faults({ reason: ' ' })).toEqual(['reason']);
  expect(daysOf(TODAY, TODAY)).toBe(1);
});

import { expect, test } from 'vitest';
import { fault, tidy } from './decimal';

const minutes = { min: '0', max: '60', decimals: 1 };

test('what a Chinese keyboard gives is read as the number it means', () => {
  expect(tidy('１２，５')).toBe('12.5');
  expect(tidy(' 12。5 ')).toBe('12.5');
});

test('a number is refused with the reason that mends it', () => {
  expect(fault('', minutes)).toBe('empty');
  expect(fault('twelve', minutes)).toBe('notNumber');
  expect(fault('12.55', minutes)).toBe('tooFine');
  expect(fault('-0.1', minutes)).toBe('tooSmall');
  expect(fault('60.1', minutes)).toBe('tooBig');
});

test('the ends of the range belong to it', () => {
  expect(fault('0', minutes)).toBeNull();
  expect(fault('60.0', minutes)).toBeNull();
});

/** The case file of tests/foundation/kernel, judged here in TypeScript as Python judges it. */

import { expect, test } from 'vitest';
import cases from '../../../tests/foundation/kernel/cases/personal_numbers.json';
import { find, mask, mayBecome, without } from './personalNumbers';

test.each(cases)('$text', ({ text, found, masked }) => {
  expect(find(text)).toEqual(found);
  expect(mask(text)).toBe(masked);
  expect(find(without(text))).toEqual([]);
});

const some = cases.find(({ text, found }) => text.startsWith('证件') && found.length === 1);

test('what is typed around a number stays, and clean text is not even normalised', () => {
  const number = some?.found[0] ?? '';
  expect(number).not.toBe('');
  expect(without(`她来过 ${number}，下周再来`)).toBe('她来过 ，下周再来');
  expect(without(`她来过 ${number}\u0301 é e\u0301`)).not.toContain(number);
  expect(without('编号 ７，下周再来 ')).toBe('编号 ７，下周再来 ');
});

test('a number is expected from its twelfth digit on, and a telephone is none', () => {
  expect(mayBecome('13800138000')).toBe(false);
  expect(mayBecome('1380 0138 0001')).toBe(true);
  expect(mayBecome('１３８００１３８０００１')).toBe(true);
});

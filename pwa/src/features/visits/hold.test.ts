import { expect, test } from 'vitest';
import { type Phone, usePhone } from '@/foundation/phone';
import { holdPage } from './hold';

test('a page in a customer’s hands is busy for as long, and let go only once', () => {
  const on = { busy: 0 } as Phone;
  usePhone(on);
  const letGo = holdPage();
  expect(on.busy).toBe(1);
  letGo();
  letGo();
  expect(on.busy).toBe(0);
  usePhone(null);
});

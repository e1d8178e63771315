import { expect, test } from 'vitest';
import { hashed, normalised } from './hashing';

test('the HMAC of RFC 4231, case 2', async () => {
  expect(await hashed('what do ya want for nothing?', 'Jefe')).toBe(
    '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843',
  );
});

test.each([
  ['13800001111', '13800001111'],
  [' 138 0000-1111 ', '13800001111'],
  ['+86 138 0000 1111', '13800001111'],
  ['0086-13800001111', '13800001111'],
  ['１３８００００１１１１', '13800001111'],
  ['(0571) 8700 1234', '057187001234'],
  ['+852 2345 6789', '0085223456789'],
  ['0085223456789', '0085223456789'],
])('%s is one number', (typed, bare) => {
  expect(normalised(typed)).toBe(bare);
});

test.each([
  '',
  '12345',
  'Mrs Zheng',
  '138 0000 111a',
  '1234567890123456',
])('%s is none', (typed) => {
  expect(normalised(typed)).toBeNull();
});

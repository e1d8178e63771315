import { expect, test } from 'vitest';
import { type Held, holds, lets } from './rights';

const post = (more: Partial<Held> = {}): Held => ({
  role: 'manager',
  unit: null,
  outlet: null,
  line: null,
  ...more,
});

test.each([
  ['an open post covers everything', post(), { outlet: 'o1', line: 'service' }, true],
  ['its outlet', post({ outlet: 'o1' }), { outlet: 'o1', line: 'service' }, true],
  ['not another outlet', post({ outlet: 'o2' }), { outlet: 'o1', line: 'service' }, false],
  ['not another line', post({ line: 'security' }), { outlet: 'o1', line: 'service' }, false],
  ['a record of no line', post({ line: 'security' }), { outlet: 'o1' }, true],
])('%s', (_, held, at, expected) => {
  expect(holds([held], 'manager', at)).toBe(expected);
  expect(holds([held], 'inspector', at)).toBe(false);
});

test('a move needs its state and one of its roles', () => {
  const at = { outlet: 'o1', line: 'service' };
  expect(lets('rectification', 'approve', 'reported', [post()], at)).toBe(true);
  expect(lets('rectification', 'approve', 'open', [post()], at)).toBe(false);
  expect(lets('rectification', 'approve', 'reported', [post({ role: 'inspector' })], at)).toBe(
    false,
  );
  expect(lets('rectification', 'vanish', 'open', [post()], at)).toBe(false);
  expect(lets('nothing', 'approve', 'reported', [post()], at)).toBe(false);
});

test('a move without roles is left to the feature', () => {
  expect(lets('rectification', 'report', 'accepted', [], { outlet: 'o1' })).toBe(true);
});

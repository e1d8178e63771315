import { expect, test } from 'vitest';
import type { Answer } from '@/foundation/checklists';
import { renewed } from './mending';

const command = {
  op: 'inspections.set_answer',
  rec: ['round', 'r'] as [string, string],
  args: { item: 'i', value: 'fail', note: 'better words' },
  base: 1,
};
const answer = { value: 'pass', note: '', rev: 4 } as unknown as Answer;

test('a note sent again does not bring an old answer back', () => {
  expect(renewed(command, answer)).toMatchObject({
    args: { value: 'pass', note: 'better words' },
    base: 4,
  });
});

test('an answer that was refused together with its note comes back with it', () => {
  expect(renewed(command, undefined)).toMatchObject({ args: { value: 'fail' }, base: 0 });
});

test('where the words are the answer, they are what is sent', () => {
  const words = { ...command, args: { item: 'i', value: 'written anew', note: '' } };
  expect(renewed(words, answer).args.value).toBe('written anew');
});

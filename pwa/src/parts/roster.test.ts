import { expect, test } from 'vitest';
import { found } from './roster';

const people = [
  { name: '郑桂兰', code: 'WTL-4471' },
  { name: '阿依古丽·买买提', code: 'WTL-0926' },
  { name: 'Anna Schmidt', code: undefined },
];
const names = (typed: string) => found(people, typed).map(({ name }) => name);

test('any part of the name or code finds, however it is typed', () => {
  expect(names('桂')).toEqual(['郑桂兰']);
  expect(names('古丽买')).toEqual(['阿依古丽·买买提']);
  expect(names('wtl４４７１')).toEqual(['郑桂兰']);
  expect(names('0926')).toEqual(['阿依古丽·买买提']);
  expect(names('aSCH')).toEqual(['Anna Schmidt']);
});

test('nothing typed is the whole list, and a stranger is nobody', () => {
  expect(names('  ')).toHaveLength(3);
  expect(names('桂花')).toEqual([]);
});

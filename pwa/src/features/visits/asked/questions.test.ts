import { expect, test } from 'vitest';
import { PURPOSES, RETENTION } from '@/generated/privacy';
import { keptFor, questionsOf } from './questions';
import { en } from './words.en';
import { zh } from './words.zh';

const OURS = Object.keys(PURPOSES).filter((purpose) => purpose.startsWith('visits.'));

test('each purpose is asked by itself, in the order of the visit and in the customer’s form of address', () => {
  const asked = questionsOf([...OURS].reverse(), '吴阿姨', zh);
  expect(asked.map(({ id }) => id)).toEqual([
    'visits.address',
    'visits.identity',
    'visits.condition',
    'visits.intention',
    'visits.photos',
    'visits.recording',
  ]);
  for (const { title } of asked) expect(title).toMatch(/^吴阿姨，.*？$/);
});

test('both tongues say for every purpose what for, how long, that no is fine, and what then', () => {
  for (const words of [zh, en])
    for (const one of questionsOf(OURS, 'Wu', words))
      for (const said of [one.title, one.purpose, one.keeping, one.refusing, one.alternative])
        expect(said.length, one.id).toBeGreaterThan(6);
});

test('how long something is kept is what the bank declares', () => {
  const days = (purpose: string) => RETENTION[PURPOSES[purpose]?.retention ?? '']?.days;
  expect(days('visits.identity')).toBe(1825);
  expect(keptFor('visits.identity', zh)).toContain('5 年');
  expect(days('visits.photos')).toBe(180);
  expect(keptFor('visits.photos', en)).toContain('6 months');
});

test('a purpose of a later notice is asked in the words of the declaration, and nobody is without a name', () => {
  const [one] = questionsOf(['events.contact'], '', zh);
  expect(one?.title.startsWith(zh.you)).toBe(true);
});

// The phone counts as the server does: both run the same cases.
import { describe, expect, test } from 'vitest';
import countingFile from '../../../../tests/features/events/cases/counting.json';
import duplicateFile from '../../../../tests/features/events/cases/duplicates.json';
import { seeing } from './asking';
import { count, keyOf, keyOfEntry } from './counting';
import { possible } from './duplicates';
import type { CheckIn, Counts, Entry, Judged, Sighting } from './model';

type Short = Record<string, unknown>;
interface KeyCase {
  name: string;
  asked: Omit<CheckIn, 'event'>;
  key?: string;
}
interface CountCase {
  name: string;
  sightings: Short[];
  judged: Judged[];
  counts: Counts;
}
interface PairCase {
  name: string;
  sightings: Short[];
  names: Record<string, string>;
  judged: Judged[];
  pairs: [string, string][];
}

const entries = countingFile.roster as unknown as Entry[];
const entryOf = ({ entry, code }: Omit<CheckIn, 'event'>): Entry | undefined =>
  entries.find((one) => one.id === entry || (code && one.code === code));
const whole = (blank: Short, short: Short): Sighting =>
  ({ ...blank, ...short }) as unknown as Sighting;

describe('whom a sighting is of', () => {
  const taken = (countingFile.keys as unknown as KeyCase[]).filter((one) => one.key);

  test.each(taken)('$name', ({ asked, key }) => {
    const entry = entryOf(asked);
    if (entry) expect(keyOfEntry(entry)).toBe(key);
    else expect(keyOf('new', { event: countingFile.event, ...asked } as CheckIn)).toBe(key);
  });

  test.each(entries)('what is sent of line $id has its key before the server answers', (entry) => {
    const asked = { event: 'event', ...seeing(entry, 'roster') } as CheckIn;
    expect(keyOf('new', asked)).toBe(keyOfEntry(entry));
  });
});

describe('who was there', () => {
  test.each(countingFile.counts as unknown as CountCase[])('$name', (one) => {
    const told = one.sightings.map((short) => whole(countingFile.blank, short));
    expect(count(told, one.judged)).toEqual(one.counts);
    expect(count([...told].reverse(), one.judged)).toEqual(one.counts);
  });
});

describe('who may be one person', () => {
  test.each(duplicateFile.cases as unknown as PairCase[])('$name', (one) => {
    const told = one.sightings.map((short) => whole(duplicateFile.blank, short));
    const names = new Map(Object.entries(one.names));
    expect(possible(told, names, one.judged)).toEqual(one.pairs);
    expect(possible([...told].reverse(), names, one.judged)).toEqual(one.pairs);
  });
});

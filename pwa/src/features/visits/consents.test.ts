import { expect, test } from 'vitest';
import { allowed, type ConsentBody, standingTo } from './consents';

const NOW = '2026-11-24T06:00:00.000Z';
const PHOTOS = 'visits.photos';
const given = (at: string, yes: boolean, more: object = {}, one: object = {}): ConsentBody =>
  ({
    given_at: at,
    received_at: at,
    valid_until: null,
    answers: [
      { purpose: PHOTOS, given: yes, withdrawn_at: null, action: null, erase_by: null, ...more },
    ],
    ...one,
  }) as unknown as ConsentBody;
const state = (...consents: ConsentBody[]) => standingTo(consents, PHOTOS, NOW).state;

test('nothing that was not asked is allowed', () => {
  expect(state()).toBe('missing');
  expect(standingTo([given('2026-11-24T01:00:00.000Z', true)], 'visits.identity', NOW).state).toBe(
    'missing',
  );
});

test('a yes allows and a no does not', () => {
  expect(state(given('2026-11-24T01:00:00.000Z', true))).toBe('given');
  expect(state(given('2026-11-24T01:00:00.000Z', false))).toBe('refused');
});

test('what was answered last counts, in whatever order it arrived', () => {
  const yes = given('2026-11-24T01:00:00.000Z', true);
  const no = given('2026-11-24T02:00:00.000Z', false);
  expect(state(no, yes)).toBe('refused');
  expect(state(yes, no)).toBe('refused');
});

test('an answer given on this phone comes after all that it received, by whatever clock', () => {
  const no = given('2026-11-24T02:00:00.000Z', false);
  const yes = given('2024-11-24T02:30:00.000Z', true, {}, { received_at: '' });
  expect(state(yes, no)).toBe('given');
});

test('a withdrawal is told with the moment until which it has to be gone', () => {
  const taken = { withdrawn_at: '2026-11-24T03:00:00.000Z', erase_by: '2026-12-09T03:00:00.000Z' };
  expect(standingTo([given('2026-11-24T01:00:00.000Z', true, taken)], PHOTOS, NOW)).toEqual({
    state: 'withdrawn',
    since: taken.withdrawn_at,
    eraseBy: taken.erase_by,
  });
});

test('a consent ends in the moment that it names', () => {
  const ends = (valid_until: string) =>
    state(given('2026-11-24T01:00:00.000Z', true, {}, { valid_until }));
  expect(ends(NOW)).toBe('expired');
  expect(ends('2026-11-24T06:00:00.001Z')).toBe('given');
});

test('only what stands is allowed', () => {
  const one = given('2026-11-24T01:00:00.000Z', true);
  expect(allowed([one], [PHOTOS, 'visits.recording'], NOW)).toEqual([PHOTOS]);
});

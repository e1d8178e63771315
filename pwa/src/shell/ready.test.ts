import { expect, test } from 'vitest';
import type { Phone } from '@/foundation/phone';
import type { ReadyCheck } from '@/parts/contribution';
import { gatherChecks } from './ready';

const check = (key: string): ReadyCheck => ({
  key,
  standing: 'ok',
  word: () => key,
  told: () => '',
  act: null,
});
const phone = {} as Phone;
const contributes = (name: string, kind: string, ...keys: string[]) => ({
  name,
  readyChecks: { [kind]: async () => ({ checks: async () => keys.map(check) }) },
});

test('a record is ready by what every feature knows of its kind, in their order', async () => {
  const features = [
    contributes('visits', 'visit', 'template', 'notice'),
    contributes('events', 'event', 'roster'),
    { name: 'rectifications' },
    contributes('guides', 'visit', 'guide'),
  ];
  const found = await gatherChecks(features, phone, ['visit', '1']);
  expect(found.map(({ key }) => key)).toEqual(['template', 'notice', 'guide']);
  expect(await gatherChecks(features, phone, ['round', '1'])).toEqual([]);
});

test('checks that fail are unknown, and take no other with them', async () => {
  const broken = {
    name: 'events',
    readyChecks: {
      visit: async () => ({ checks: async () => Promise.reject(new Error('no such table')) }),
    },
  };
  const found = await gatherChecks([broken, contributes('visits', 'visit', 'notice')], phone, [
    'visit',
    '1',
  ]);
  expect(found.map(({ key, standing }) => [key, standing])).toEqual([
    ['events.checks', 'unknown'],
    ['notice', 'ok'],
  ]);
});

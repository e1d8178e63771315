import { afterEach, expect, test, vi } from 'vitest';
import type { Phone } from './phone';
import { mendOf, standingOf } from './readiness';

const MB = 1024 * 1024;
afterEach(() => vi.unstubAllGlobals());

const having = (estimate: unknown): Phone =>
  ({ ports: { room: { estimate: async () => estimate } } }) as unknown as Phone;
const browser = (parts: Record<string, unknown>) => vi.stubGlobal('navigator', parts);
const nothing = having(null);

test('a browser that does not say leaves it unknown', async () => {
  browser({});
  for (const need of ['pages', 'scanner', 'camera', 'place', 'room', 'kept', 'battery'] as const)
    expect(await standingOf(need, nothing)).toBe('unknown');
});

test('a permission that was refused is missing, one never asked for can be asked now', async () => {
  const says = (state: string) => browser({ permissions: { query: async () => ({ state }) } });
  says('denied');
  expect(await standingOf('camera', nothing)).toBe('missing');
  expect(mendOf('camera', 'missing')).toBeNull();
  says('prompt');
  expect(await standingOf('place', nothing)).toBe('unknown');
  expect(mendOf('place', 'unknown')).not.toBeNull();
  says('granted');
  expect(await standingOf('place', nothing)).toBe('ok');
  expect(mendOf('place', 'ok')).toBeNull();
});

test('room is missing once photos would have to make way', async () => {
  const room = (free: number, persisted = true) =>
    having({ quota: 2000 * MB, used: 2000 * MB - free, persisted });
  expect(await standingOf('room', room(1500 * MB))).toBe('ok');
  expect(await standingOf('room', room(5 * MB))).toBe('missing');
  expect(await standingOf('kept', room(1500 * MB, false))).toBe('missing');
});

test('a low battery is told unless it is being charged', async () => {
  const battery = (level: number, charging: boolean) =>
    browser({ getBattery: async () => ({ level, charging }) });
  battery(0.29, false);
  expect(await standingOf('battery', nothing)).toBe('missing');
  battery(0.3, false);
  expect(await standingOf('battery', nothing)).toBe('ok');
  battery(0.05, true);
  expect(await standingOf('battery', nothing)).toBe('ok');
});

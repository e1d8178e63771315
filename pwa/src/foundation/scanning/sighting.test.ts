import { afterEach, expect, test, vi } from 'vitest';
import { scannerHeld } from './held';
import { readsByItself } from './reader';
import { AWAY_MS, type Sighting, sighted } from './sighting';

afterEach(() => vi.unstubAllGlobals());

test('a code held before the camera is taken once, however long it is held', () => {
  let last: Sighting | null = null;
  let taken = 0;
  for (let now = 0; now < 20_000; now += 100) {
    const { fresh, after } = sighted(last, '4471', now);
    last = after;
    if (fresh) taken += 1;
  }
  expect(taken).toBe(1);
});

test('another code at once, and the same one after it was away, are sightings of their own', () => {
  const first = sighted(null, '4471', 0).after;
  expect(sighted(first, '0926', 100).fresh).toBe(true);
  expect(sighted(first, '4471', AWAY_MS - 1).fresh).toBe(false);
  expect(sighted(first, '4471', AWAY_MS).fresh).toBe(true);
});

test('a detector without a service behind it reads nothing by itself', async () => {
  const detector = (formats: () => Promise<string[]>) =>
    vi.stubGlobal('BarcodeDetector', { getSupportedFormats: formats });
  expect(await readsByItself()).toBe(false);
  detector(async () => []);
  expect(await readsByItself()).toBe(false);
  detector(async () => Promise.reject(new Error('no service')));
  expect(await readsByItself()).toBe(false);
  detector(async () => ['ean_13', 'qr_code']);
  expect(await readsByItself()).toBe(true);
  expect(await scannerHeld()).toBe('held');
});

test('without a service worker nothing is promised', async () => {
  vi.stubGlobal('navigator', {});
  expect(await scannerHeld()).toBe('unknown');
});

import { expect, test } from 'vitest';
import { surroundings } from './surroundings';

const SAFARI = 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Safari/604.1';

test('an ordinary browser is fine', () => {
  expect(surroundings(SAFARI, [])).toBe('fine');
});

test('inside WeChat and other apps the person is asked to open the browser', () => {
  expect(surroundings(`${SAFARI} MicroMessenger/8.0.50`, ['service_worker'])).toBe('inapp');
  expect(surroundings('Mozilla/5.0 (Linux; Android 14; wv) Chrome/120', [])).toBe('inapp');
});

test('a window without a worker or a database is a private one, and nothing works without TLS', () => {
  expect(surroundings(SAFARI, ['service_worker'])).toBe('private');
  expect(surroundings(SAFARI, ['storage'])).toBe('private');
  expect(surroundings(`${SAFARI} MicroMessenger/8.0.50`, ['secure_context'])).toBe('insecure');
});

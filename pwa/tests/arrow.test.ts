import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const NETWORK = /\bfetch\s*\(|XMLHttpRequest|\bWebSocket\b|\bEventSource\b|sendBeacon/;

const files = (folder: string): string[] =>
  readdirSync(folder, { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? files(join(folder, entry.name)) : [join(folder, entry.name)],
  );

test('only sync, the service worker and rescue mode can reach the network', () => {
  // A screen that could fetch would tell online from offline; offline-first means that it cannot.
  const allowed = /^src\/(sync\/|rescue\/|sw\.ts$)/;
  const reaching = files('src')
    .filter((path) => /\.(ts|svelte)$/.test(path) && !/\.test\.ts$/.test(path))
    .filter((path) => !allowed.test(path))
    .filter((path) => NETWORK.test(readFileSync(path, 'utf8')));
  expect(reaching).toEqual([]);
});

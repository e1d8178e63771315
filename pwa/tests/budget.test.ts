import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { carried, weights } from '../build/weigh.mjs';

// What a branch pays for on a thin line, in bytes as they travel (1 kB = 1,000 bytes).
const FIRST_SCREEN_JS_MAX = 60_000;
const FIRST_SCREEN_CSS_MAX = 5_000;
const WORKER_MAX = 10_000;
const PRECACHE_MAX = 256_000;

const out = join('node_modules', '.budget');

// A process of its own: inside a test run Svelte would be built for development.
beforeAll(() => {
  const vite = join('node_modules', 'vite', 'bin', 'vite.js');
  const how = ['build', '--logLevel', 'error', '--outDir', out, '--emptyOutDir'];
  execFileSync('node', [vite, ...how], { env: { PATH: process.env.PATH, NODE_ENV: 'production' } });
}, 180_000);

test('the first screen, the service worker and the whole app fit their budgets', () => {
  const found = weights(out);
  expect(found.first_screen_js).toBeLessThanOrEqual(FIRST_SCREEN_JS_MAX);
  expect(found.first_screen_css).toBeLessThanOrEqual(FIRST_SCREEN_CSS_MAX);
  expect(found.service_worker).toBeLessThanOrEqual(WORKER_MAX);
  expect(found.precache).toBeLessThanOrEqual(PRECACHE_MAX);
});

test('what recording needs of every feature is there before the app counts as held', () => {
  const { first } = carried(readFileSync(join(out, 'sw.js'), 'utf8'));
  const features = readdirSync(join('src', 'features'));
  const previews = first.filter((path) => /^\/assets\/preview-[^/]+\.js$/.test(path));
  expect(previews).toHaveLength(features.length);
});

import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { beforeAll, expect, test } from 'vitest';

// What a branch pays for on a thin line, in bytes as they travel (1 kB = 1,000 bytes).
const FIRST_SCREEN_JS_MAX = 60_000;
const FIRST_SCREEN_CSS_MAX = 5_000;
const WORKER_MAX = 10_000;
const PRECACHE_MAX = 250_000;

const out = join('node_modules', '.budget');

// A process of its own: inside a test run Svelte would be built for development.
beforeAll(() => {
  const vite = join('node_modules', 'vite', 'bin', 'vite.js');
  const how = ['build', '--logLevel', 'error', '--outDir', out, '--emptyOutDir'];
  execFileSync('node', [vite, ...how], { env: { PATH: process.env.PATH, NODE_ENV: 'production' } });
}, 180_000);

const read = (path: string) => readFileSync(join(out, path), 'utf8');
const weigh = (path: string): number =>
  gzipSync(readFileSync(join(out, path)), { level: 9 }).length;
const sum = (paths: string[]): number => paths.map(weigh).reduce((a, b) => a + b, 0);

/** What the page names, and what these pieces import before they run. */
function firstScreen(): string[] {
  const named = [...read('index.html').matchAll(/(?:src|href)="(\/assets\/[^"]+)"/g)];
  const found = new Set(named.map(([, path]) => path!));
  for (const path of found)
    for (const [, next] of read(path).matchAll(/(?:from|import)\s*["']\.\/([^"']+\.js)["']/g))
      found.add(`/assets/${next}`);
  return [...found];
}

test('the first screen, the service worker and the whole app fit their budgets', () => {
  const pieces = firstScreen();
  const precached = [...read('sw.js').matchAll(/\[\s*[`"'](\/[^`"']+)[`"'],/g)].map(
    ([, path]) => path!,
  );
  expect(precached).toContain('/index.html');
  expect(sum(pieces.filter((path) => path.endsWith('.js')))).toBeLessThanOrEqual(
    FIRST_SCREEN_JS_MAX,
  );
  expect(sum(pieces.filter((path) => path.endsWith('.css')))).toBeLessThanOrEqual(
    FIRST_SCREEN_CSS_MAX,
  );
  expect(weigh('sw.js')).toBeLessThanOrEqual(WORKER_MAX);
  expect(sum(precached)).toBeLessThanOrEqual(PRECACHE_MAX);
});

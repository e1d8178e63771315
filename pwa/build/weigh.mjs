// What a branch pays for on a thin line: bytes of a build as they travel, gzipped.
// As a program it prints them as JSON: node build/weigh.mjs dist

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';

export function weights(out) {
  const read = (path) => readFileSync(join(out, path));
  const weigh = (paths) =>
    paths.map((path) => gzipSync(read(path), { level: 9 }).length).reduce((a, b) => a + b, 0);
  const pieces = firstScreen((path) => read(path).toString());
  return {
    first_screen_js: weigh(pieces.filter((path) => path.endsWith('.js'))),
    first_screen_css: weigh(pieces.filter((path) => path.endsWith('.css'))),
    service_worker: weigh(['sw.js']),
    ...ofWorker(read('sw.js').toString(), weigh),
  };
}

/** What the page names, and what these pieces import before they run. */
function firstScreen(read) {
  const named = [...read('index.html').matchAll(/(?:src|href)="(\/assets\/[^"]+)"/g)];
  const found = new Set(named.map(([, path]) => path));
  for (const path of found)
    for (const [, next] of read(path).matchAll(/(?:from|import)\s*["']\.\/([^"']+\.js)["']/g))
      found.add(`/assets/${next}`);
  return [...found];
}

/** The lists that the service worker carries: what a first visit fetches before the app works offline, and what
 * follows. */
function ofWorker(worker, weigh) {
  const { first, rest } = carried(worker);
  return { precache: weigh(first), held_after: weigh(rest) };
}

/** The paths in the worker's lists. */
export function carried(worker) {
  const lists = [...worker.matchAll(/\[(?:\s*\[\s*[`"']\/[^\]]+\],?)+\s*\]/g)].map(([list]) =>
    [...list.matchAll(/\[\s*[`"'](\/[^`"']+)[`"'],/g)].map(([, path]) => path),
  );
  const first = lists.find((paths) => paths.includes('/index.html'));
  if (!first) throw new Error('the worker carries no list');
  return { first, rest: lists.filter((paths) => paths !== first).flat() };
}

if (import.meta.url === pathToFileURL(process.argv[1]).href)
  console.log(JSON.stringify(weights(process.argv[2])));

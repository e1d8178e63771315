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
    precache: weigh(precached(read('sw.js').toString())),
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

/** The list that the service worker carries. */
function precached(worker) {
  const paths = [...worker.matchAll(/\[\s*[`"'](\/[^`"']+)[`"'],/g)].map(([, path]) => path);
  if (!paths.includes('/index.html')) throw new Error('the worker carries no list');
  return paths;
}

if (import.meta.url === pathToFileURL(process.argv[1]).href)
  console.log(JSON.stringify(weights(process.argv[2])));

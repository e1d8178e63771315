// What a phone needs without a network: every emitted file is listed with its hash, and the
// service worker is built as a second entry that carries this list. Workbox would bring 380
// packages for the same forty lines.

import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, resolve, sep } from 'node:path';
import { build, type Plugin, type ResolvedConfig } from 'vite';

type Listed = { path: string; hash: string };

// Icons belong to the home screen, which keeps its own copies.
const NOT_LISTED = /(\.map|sw\.js|seal-[^/]+\.png)$/;
// The scanner's library weighs more than all the rest together and most phones never need it: these files are
// fetched when they are asked for, and kept from then on.
const ON_DEMAND = /^\/assets\/zxing[^/]*\.(js|wasm)$/;

export function offline(options: { worker: string; target: string[] }): Plugin {
  let config: ResolvedConfig;
  return {
    name: 'offline',
    apply: 'build',
    configResolved(resolved) {
      config = resolved;
    },
    async closeBundle() {
      if (config.build.ssr || config.build.lib) return;
      const out = resolve(config.root, config.build.outDir);
      const listed = listFiles(out);
      await buildWorker(options, out, listed);
    },
  };
}

function listFiles(out: string): Listed[] {
  return walk(out)
    .map((path) => relative(out, path).split(sep).join('/'))
    .filter((path) => !NOT_LISTED.test(path))
    .sort()
    .map((path) => ({ path: `/${path}`, hash: hashOf(join(out, path)) }));
}

async function buildWorker(
  options: { worker: string; target: string[] },
  out: string,
  listed: Listed[],
) {
  const later = listed.filter(({ path }) => ON_DEMAND.test(path));
  const now = listed.filter(({ path }) => !ON_DEMAND.test(path));
  await build({
    configFile: false,
    logLevel: 'warn',
    publicDir: false,
    define: {
      __PRECACHE__: JSON.stringify(now.map(({ path, hash }) => [path, hash])),
      __ON_DEMAND__: JSON.stringify(
        Object.fromEntries(later.map(({ path, hash }) => [path, hash])),
      ),
      __BUILD__: JSON.stringify(hashText(now.map(({ hash }) => hash).join())),
    },
    build: {
      outDir: out,
      emptyOutDir: false,
      target: options.target,
      lib: { entry: options.worker, formats: ['iife'], name: 'sw', fileName: () => 'sw.js' },
    },
  });
}

function walk(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? walk(join(folder, entry.name)) : [join(folder, entry.name)],
  );
}

const hashText = (text: string) => createHash('sha256').update(text).digest('hex').slice(0, 16);
const hashOf = (path: string) =>
  createHash('sha256').update(readFileSync(path)).digest('hex').slice(0, 16);

// What a phone needs without a network: every emitted file is listed with its hash, and the
// service worker is built as a second entry that carries this list. Workbox would bring 380
// packages for the same forty lines.

import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { build, type Plugin, type ResolvedConfig } from 'vite';

type Listed = { path: string; hash: string };

// Icons belong to the home screen, which keeps its own copies.
const NOT_LISTED = /(\.map|sw\.js|seal-[^/]+\.png)$/;

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
      const out = join(config.root, config.build.outDir);
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
  await build({
    configFile: false,
    logLevel: 'warn',
    publicDir: false,
    define: {
      __PRECACHE__: JSON.stringify(listed.map(({ path, hash }) => [path, hash])),
      __BUILD__: JSON.stringify(hashText(listed.map(({ hash }) => hash).join())),
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

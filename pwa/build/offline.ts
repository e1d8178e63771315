// What a phone needs without a network: every emitted file is listed with its hash, and the
// service worker is built as a second entry that carries this list. Workbox would bring 380
// packages for the same forty lines.

import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative, resolve, sep } from 'node:path';
import { build, type Plugin, type ResolvedConfig, type Rolldown } from 'vite';

type Listed = { path: string; hash: string };

// Icons belong to the home screen, which keeps its own copies.
const NOT_LISTED = /(\.map|sw\.js|seal-[^/]+\.png)$/;
// The scanner's library weighs more than all the rest together and most phones never need it: these files are
// fetched when they are asked for, and kept from then on.
const ON_DEMAND = /^\/assets\/zxing[^/]*\.(js|wasm)$/;

// Desks, what a phone says after weeks without signal, the sentences of refusals (whoever was refused had a line a
// moment ago), and features that say `heldAfter: true`. The words of features stay with the first: the frame names
// their places with them. So do their previews: without those of every feature nothing at all can be recorded.
const AFTER = 'desk|founding|people|places|privacy|planning|results|targets|templates|away';
const DESK = new RegExp(
  `/src/((shell|features/[^/]+)/(${AFTER})/|shell/news/(Choices|Inbox)|generated/problems)|Desk\\.svelte$`,
);
const SAYS_SO = /^ {2}heldAfter: true,$/m;
const FIRST = /\/features\/[^/]+\/(words\.[^/]*|preview\.ts)$/;

export function offline(options: { worker: string; target: string[] }): Plugin {
  let config: ResolvedConfig;
  let after = new Set<string>();
  return {
    name: 'offline',
    apply: 'build',
    configResolved(resolved) {
      config = resolved;
    },
    generateBundle(_, bundle) {
      after = piecesOf(featuresHeldAfter(config.root), bundle);
    },
    async closeBundle() {
      if (config.build.ssr || config.build.lib) return;
      const out = resolve(config.root, config.build.outDir);
      const listed = listFiles(out);
      await buildWorker(options, out, listed, after);
    },
  };
}

function featuresHeldAfter(root: string): string[] {
  const features = join(root, 'src', 'features');
  return readdirSync(features)
    .map((name) => join(features, name, 'manifest.ts'))
    .filter((file) => existsSync(file) && SAYS_SO.test(readFileSync(file, 'utf8')))
    .map((file) => file.slice(0, -'manifest.ts'.length));
}

/** Pieces that only these folders lead to. What others share with them comes with the first. */
function piecesOf(folders: string[], bundle: Rolldown.OutputBundle): Set<string> {
  const pieces = Object.values(bundle).filter((one) => one.type === 'chunk');
  const isAfter = (name: string) => {
    const id = (bundle[name] as Rolldown.OutputChunk).facadeModuleId ?? '';
    return (DESK.test(id) || folders.some((folder) => id.startsWith(folder))) && !FIRST.test(id);
  };
  const first = new Set<string>();
  const follow = (name: string) => {
    const piece = bundle[name];
    if (piece?.type !== 'chunk' || first.has(name)) return;
    for (const file of [name, ...stylesOf(piece)]) first.add(file);
    for (const next of piece.imports) follow(next);
    for (const next of piece.dynamicImports) if (!isAfter(next)) follow(next);
  };
  for (const { fileName, isEntry } of pieces) if (isEntry) follow(fileName);
  const files = pieces.flatMap((piece) => [piece.fileName, ...stylesOf(piece)]);
  return new Set(files.filter((file) => !first.has(file)).map((file) => `/${file}`));
}

const stylesOf = (piece: Rolldown.OutputChunk): string[] => [
  ...(piece.viteMetadata?.importedCss ?? []),
];

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
  after: Set<string>,
) {
  const asked = listed.filter(({ path }) => ON_DEMAND.test(path));
  const then = listed.filter(({ path }) => after.has(path));
  const now = listed.filter((one) => !asked.includes(one) && !then.includes(one));
  await build({
    configFile: false,
    logLevel: 'warn',
    publicDir: false,
    define: {
      __PRECACHE__: JSON.stringify(now.map(({ path, hash }) => [path, hash])),
      __AFTER__: JSON.stringify(then.map(({ path, hash }) => [path, hash])),
      __ON_DEMAND__: JSON.stringify(
        Object.fromEntries(asked.map(({ path, hash }) => [path, hash])),
      ),
      __BUILD__: JSON.stringify(hashText([...now, ...then].map(({ hash }) => hash).join())),
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

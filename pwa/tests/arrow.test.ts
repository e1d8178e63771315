import { execFileSync } from 'node:child_process';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';

const NETWORK = /\bfetch\s*\(|XMLHttpRequest|\bWebSocket\b|\bEventSource\b|sendBeacon/;
const FLOORS = [
  ...['features', 'foundation', 'gallery', 'generated', 'parts', 'rescue', 'shell', 'sim', 'sync'],
  ...['main.ts', 'sw.ts'],
];

const files = (folder: string): string[] =>
  readdirSync(folder, { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? files(join(folder, entry.name)) : [join(folder, entry.name)],
  );

const sources = (root: string): string[] =>
  files(join(root, 'src'))
    .map((path) => path.slice(join(root, 'src').length - 'src'.length))
    .filter((path) => /\.(ts|svelte)$/.test(path) && !/\.test\.ts$/.test(path));

/** Sources that could reach the network although they are not of those that may. */
function reaching(root: string): string[] {
  const allowed = /^src\/(sync\/|rescue\/|sw\.ts$)/;
  return sources(root)
    .filter((path) => !allowed.test(path))
    .filter((path) => NETWORK.test(readFileSync(join(root, path), 'utf8')));
}

/** Entries of src that no rule of the arrow speaks of. */
const unlisted = (root: string): string[] =>
  readdirSync(join(root, 'src')).filter((name) => !FLOORS.includes(name));

test('only sync, the service worker and rescue mode can reach the network', () => {
  // A screen that could fetch would tell online from offline; offline-first means that it cannot.
  expect(reaching('.')).toEqual([]);
});

test('every folder of the sources is a floor that the arrow speaks of', () => {
  expect(unlisted('.')).toEqual([]);
});

// A small house with one file on each floor, and in it each rule broken once: a rule that nothing
// can break protects nothing. The house itself is looked at by `npm run arrow`.
const HOUSE = [
  'foundation/store.ts',
  'foundation/sealed.ts',
  'generated/commands.ts',
  'parts/row.ts',
  'features/alfa/manifest.ts',
  'features/alfa/preview.ts',
  'features/bravo/manifest.ts',
  'shell/start.ts',
  'sync/push.ts',
  'rescue/main.ts',
  'sim/world.ts',
  'gallery/main.ts',
  'main.ts',
  'sw.ts',
];
const component = (script: string) => `<script lang="ts">\n${script}\n</script>\n`;
const PLANTS: Record<string, [file: string, line: string]> = {
  'foundation-knows-nobody-above': ['foundation/a.ts', `import '@/parts/row';`],
  'generated-imports-nothing': ['generated/a.ts', `import '@/foundation/store';`],
  'parts-know-no-feature': [
    'parts/A.svelte',
    component(`import { manifest } from '@/features/alfa/manifest';\nconsole.log(manifest);`),
  ],
  'features-never-touch-sync': [
    'features/alfa/screens/A.svelte',
    component(`import '@/sync/push';`),
  ],
  'shell-never-touches-sync': ['shell/a.ts', `export const late = () => import('@/sync/push');`],
  'sync-stands-on-foundation-only': ['sync/a.ts', `import type { Row } from '@/parts/row';`],
  'the-worker-imports-nothing-of-ours': ['sw.ts', `import './foundation/store';`],
  'rescue-knows-no-schema': ['rescue/a.ts', `import '@/foundation/store';`],
  'what-is-not-shipped-stays-apart': ['main.ts', `import '@/sim/world';`],
  'features-do-not-know-each-other': [
    'features/alfa/b.ts',
    `import type { Bravo } from '../bravo/manifest';`,
  ],
  'outsiders-read-the-manifest': ['shell/b.ts', `import '@/features/alfa/preview';`],
  'no-circles': ['parts/circle.ts', `import './row';`],
};
const TYPES: [file: string, line: string, rule: string][] = [
  [
    'features/alfa/screens/Types.svelte',
    `import type { Bravo } from '../../bravo/manifest';`,
    'features-do-not-know-each-other',
  ],
  [
    'parts/Types.svelte',
    `import {\n  type A,\n  type B,\n} from "@/shell/start";`,
    'parts-know-no-feature',
  ],
];
const BESIDE: Record<string, string> = { 'parts/row.ts': `import './circle';` };

const IMPORT = /^import\b[^'"]*['"]([.@][^'"]*)/gm;

type Violation = { from: string; to: string; rule: { name: string } };
type Side = { path?: string; pathNot?: string };
type Rule = { name: string; from: Side; to: Side };
const { forbidden } = createRequire(import.meta.url)('../dependency-cruiser.cjs') as {
  forbidden: Rule[];
};
let house = '';

beforeAll(() => {
  mkdirSync(join('node_modules', '.arrow'), { recursive: true });
  house = mkdtempSync(join('node_modules', '.arrow', 'house-'));
  cpSync('tsconfig.json', join(house, 'tsconfig.json'));
  for (const path of HOUSE) write(path, 'export {};\n');
});
afterAll(() => rmSync(house, { recursive: true, force: true }));

function write(path: string, text: string): void {
  const file = join(house, 'src', path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}

function violations(): Violation[] {
  const program = resolve('node_modules', 'dependency-cruiser', 'bin', 'dependency-cruise.mjs');
  const how = ['src', '--config', resolve('dependency-cruiser.cjs'), '--output-type', 'json'];
  const printed = execFileSync('node', [program, ...how], { cwd: house, encoding: 'utf8' });
  return JSON.parse(printed).summary.violations;
}

/** The cruiser reads a component after its types were taken out, and so misses imports of types. */
function brokenInComponents(root: string): string[] {
  return sources(root)
    .filter((path) => path.endsWith('.svelte'))
    .flatMap((path) =>
      [...readFileSync(join(root, path), 'utf8').matchAll(IMPORT)]
        .map(([, named]) =>
          named!.startsWith('@/') ? `src/${named!.slice(2)}` : join(dirname(path), named!),
        )
        .flatMap((to) => brokenBy(path, to).map((rule) => `${rule}: ${path}`)),
    );
}

const brokenBy = (path: string, to: string): string[] =>
  forbidden
    .filter(({ from, to: side }) => {
      const own = new RegExp(from.path ?? '').exec(path);
      if (!own || !side.path || !new RegExp(side.path).test(to)) return false;
      return !side.pathNot || !new RegExp(side.pathNot.replace('$1', own[1] ?? '')).test(to);
    })
    .map(({ name }) => name);

test('a house without faults passes, and each planted fault is caught by its own rule', () => {
  expect(violations()).toEqual([]);
  for (const [path, text] of Object.entries(BESIDE)) write(path, text);
  for (const [path, line] of Object.values(PLANTS)) write(path, `${line}\n`);
  const caught = violations().map(({ rule, from }) => `${rule.name}: ${from}`);
  for (const [rule, [path]] of Object.entries(PLANTS))
    expect(caught).toContain(`${rule}: src/${path}`);
});

test('no component names a type of a higher floor', () => {
  expect(brokenInComponents('.')).toEqual([]);
  for (const [path, line] of TYPES) write(path, component(line));
  const caught = brokenInComponents(house);
  for (const [path, , rule] of TYPES) expect(caught).toContain(`${rule}: src/${path}`);
});

test('every rule of the arrow has its planted fault', () => {
  expect(forbidden.map(({ name }) => name).sort()).toEqual(Object.keys(PLANTS).sort());
});

test('a screen that fetches and a folder outside the floors are caught', () => {
  write('parts/B.svelte', `<script>fetch('/v1/sync/pull');</script>\n`);
  write('tools/tidy.ts', 'export {};\n');
  expect(reaching(house)).toEqual(['src/parts/B.svelte']);
  expect(unlisted(house)).toEqual(['tools']);
});

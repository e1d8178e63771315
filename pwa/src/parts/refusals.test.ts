import { afterAll, expect, test, vi } from 'vitest';
import { PROBLEMS } from '@/generated/problems';
import { filled, refusalText } from './refusals';
import { speak, type Tongue } from './words.svelte';

const OWN = { offline: 'no signal', signAgain: 'sign in', refused: 'not taken' };
const refused = (code: string | null, facts: Record<string, unknown> = {}) =>
  refusalText({ ok: false, why: 'refused', code, facts }, OWN);
vi.stubGlobal('document', { documentElement: {} });
afterAll(async () => {
  await speak('zh');
  vi.unstubAllGlobals();
});

test.each<[Tongue, RegExp, string]>([
  ['zh', /\p{Script=Han}/u, '超过 5000 行。请拆成几份。'],
  ['en', /^[^\p{Script=Han}]+$/u, 'There are more than 5000 rows. Split the list.'],
])('in %s every refusal of a file or a cell is a sentence', async (tongue, written, long) => {
  await speak(tongue);
  const codes = Object.keys(PROBLEMS).filter((code) =>
    /^(table|tab|tabs|cell|heading|xlsform|person|post|entry)_/.test(code),
  );
  expect(codes.length).toBeGreaterThan(50);
  for (const code of codes) {
    const words = PROBLEMS[code]?.[tongue] ?? '';
    const names = [...words.matchAll(/\{(\w+)\}/g)].map(([, name]) => name as string);
    const facts = Object.fromEntries(names.map((name) => [name, 7]));
    const told = await refused(code, facts);
    expect(told, code).toBe(filled(words, facts));
    expect(told, code).toMatch(written);
  }
  expect(await refused('table_too_long', { limit: 5000 })).toBe(long);
});

test('a sentence that lacks a fact is not shown with a hole in it', async () => {
  expect(await refused('too_large')).toBe('not taken');
  expect(await refused('never_heard_of')).toBe('not taken');
  expect(await refused(null)).toBe('not taken');
});

test('no signal and no session are no refusals', async () => {
  const away = { ok: false, why: 'offline', code: null } as const;
  expect(await refusalText(away, OWN)).toBe('no signal');
  expect(await refusalText({ ...away, why: 'auth_needed' }, OWN)).toBe('sign in');
});

import { expect, test } from 'vitest';

// A browser writes what is typed into its session file, in the clear, unless the field forbids it: there a
// wipe finds it no more, and nothing of the app's sealing covers it.

const PLAIN = /type="(file|checkbox|radio|password|hidden|date|time|month|range|datetime-local)"/;
const FIELD = /<(?:textarea|input)\b(?:[^>{]|\{[^}]*\}|=>)*>/g;

const sources = import.meta.glob<string>('../**/*.svelte', {
  query: '?raw',
  import: 'default',
  eager: true,
});
const fields = Object.entries(sources).flatMap(([path, source]) =>
  [...source.replace(/<script[\s\S]*?<\/script>/g, '').matchAll(FIELD)].map(([field]) => ({
    path,
    field,
  })),
);

test('every field that takes words keeps them from the session file of the browser', () => {
  const open = fields.filter(({ field }) => !PLAIN.test(field) && !field.includes('autocomplete='));
  expect(fields.length).toBeGreaterThan(20);
  expect(open.map(({ path }) => path)).toEqual([]);
});

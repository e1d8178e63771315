import { expect, it } from 'vitest';
import type { TemplateBody } from './model';
import { usablePapers } from './papers';

const paper = (id: string, zh: string, edition: string, retired_at: string | null = null) => ({
  id,
  body: { title: { zh, en: zh }, edition, retired_at } as TemplateBody,
});
const NOW = Date.parse('2026-11-24T16:00:00Z');

it('offers what is in use, and tells two versions of one name apart', () => {
  const all = [
    paper('a', '门', '2026'),
    paper('b', '门', '2027'),
    paper('c', '窗', '2026', '2026-11-24T16:00:00.001Z'),
    paper('d', '窗', '2025', '2026-11-24T16:00:00.000Z'),
  ];
  expect(usablePapers(all, NOW).map(({ id, name }) => [id, name])).toEqual([
    ['a', '门 2026'],
    ['b', '门 2027'],
    ['c', '窗'],
  ]);
});

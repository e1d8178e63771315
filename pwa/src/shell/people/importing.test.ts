import { expect, test } from 'vitest';
import { foundIn, inParts } from './importing';
import type { BroughtPerson, BroughtPost, PeopleImport } from './rows';

const post = (values: Partial<BroughtPost> = {}): BroughtPost => ({
  row: 2,
  post: 'p1',
  is_new: true,
  role: 'inspector',
  unit: null,
  outlet: null,
  line: null,
  title: { zh: '检查员', en: 'Inspector' },
  held_from: null,
  held_to: null,
  ...values,
});
const somebody = (values: Partial<BroughtPerson> = {}): BroughtPerson => ({
  rows: [2],
  id: 'a',
  username: 'ana',
  name: '安娜',
  is_new: true,
  posts: [post()],
  ...values,
});
const read = (values: Partial<PeopleImport> = {}): PeopleImport => ({
  people: [somebody()],
  problems: [],
  ignored: [],
  tab: 'Sheet1',
  is_cut: false,
  ...values,
});
const inRow = (row: number, column: string, what: string) => `${row} ${column}: ${what}`;
const WORDS: Record<string, string> = {
  cell_empty: 'Row {row}: {column} is empty',
  person_differs: 'Row {first} has another name',
};
const found = (values: Partial<PeopleImport>) =>
  foundIn(read(values), (code) => WORDS[code] ?? code, inRow);

test('people and posts that are here already are neither counted nor taken again', () => {
  const known = post({ is_new: false, post: 'p0' });
  const { people, posts } = found({
    people: [
      somebody(),
      somebody({ id: 'b', is_new: false, posts: [known, post()] }),
      somebody({ id: 'c', is_new: false, posts: [known] }),
    ],
  });
  expect(people.map(({ id }) => id)).toEqual(['a', 'b']);
  expect(posts).toBe(2);
});

test('a problem is told by its row, whether its sentence names the row or not', () => {
  const { problems } = found({
    problems: [
      { row: 3, column: '姓名', code: 'cell_empty', facts: {} },
      { row: 4, column: '姓名', code: 'person_differs', facts: { first: 2 } },
    ],
  });
  expect(problems.map(({ text }) => text)).toEqual([
    'Row 3: 姓名 is empty',
    '4 姓名: Row 2 has another name',
  ]);
});

test('a list is taken one by one and stops where one could not be kept', async () => {
  const done: number[] = [];
  const take = async (n: number) => {
    if (n === 3) throw new Error('full');
  };
  await expect(inParts([1, 2, 3, 4], take, (n) => done.push(n))).rejects.toThrow('full');
  expect(done).toEqual([1, 2]);
});

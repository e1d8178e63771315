import { expect, test } from 'vitest';
import { type Imported, readOf, sorted } from './importing';

const file: Imported = {
  rows: [
    { number: 2, values: { name: '郑桂兰', code: 'WTL-4471', group: '梧桐里', kind: 'guest' } },
    { number: 3, values: { name: '小雨', code: 'C-1', group: null, kind: 'child' } },
    { number: 5, values: { name: '何敏', code: null, group: null, kind: null } },
  ],
  problems: [
    { row: 4, column: 'name', code: 'cell_missing', facts: { row: 4, column: '姓名' } },
    { row: 6, column: 'name', code: 'entry_name_missing', facts: { row: 6, column: '姓名' } },
  ],
  ignored: ['备注'],
  tab: '名单',
  is_cut: false,
};
let n = 0;
const read = readOf(
  file,
  () => `e${++n}`,
  (code) => (code === 'cell_missing' ? '第 {row} 行“{column}”：没有填' : '要有姓名'),
  (row, what) => `第 ${row} 行：${what}`,
);

test('each row becomes an entry, and of a child no name', () => {
  expect(read.found.map(({ entry }) => entry)).toEqual([
    { id: 'e1', kind: 'guest', name: '郑桂兰', group: '梧桐里', code: 'WTL-4471' },
    { id: 'e2', kind: 'child', name: '', group: '', code: 'C-1' },
    { id: 'e3', kind: 'guest', name: '何敏', group: '' },
  ]);
});

test('what is wrong is told with its row and heading', () => {
  expect(read.problems.map((one) => one.text)).toEqual([
    '第 4 行“姓名”：没有填',
    '第 6 行：要有姓名',
  ]);
});

test('a code that is on the list already is not taken twice', () => {
  const { good, again } = sorted(read.found, new Set(['WTL-4471']));
  expect(good.map((one) => one.row)).toEqual([3, 5]);
  expect(again.map((one) => one.row)).toEqual([2]);
});

import { beforeAll, expect, test } from 'vitest';
import { PROBLEMS } from '@/generated/problems';
import { wordsReady } from '@/parts/words.svelte';
import { needed } from './attention';
import { textsIn, withTexts } from './mend';
import type { Need } from './needs';

beforeAll(wordsReady);

const NOTHING = { seq: 1, at: 0, cls: null, seen: false, base: null, body: null };
const need = (part: Partial<Need>): Need => ({
  ...NOTHING,
  id: 'a',
  status: 'rejected',
  op: 'toys.set',
  rec: null,
  code: 'forbidden',
  facts: {},
  asked: null,
  spot: null,
  mending: null,
  ...part,
});
const row = (part: Partial<Need>) => needed(need(part), PROBLEMS, () => '');

test('no refusal shows a code, an id or an empty bracket', () => {
  const raw = new Proxy({} as Record<string, unknown>, {
    get: (_, name) => `raw_${String(name)}`,
    ownKeys: () => ['state', 'field', 'code', 'item', 'what', 'template', 'op', 'severity'],
    getOwnPropertyDescriptor: () => ({ enumerable: true, configurable: true }),
  });
  for (const code of Object.keys(PROBLEMS)) {
    const { what, todo } = row({ code, facts: raw });
    expect(what + todo, code).not.toMatch(/raw_|[{}]|（）|\(\)|undefined/);
    expect(what, code).not.toBe('');
    expect(todo, code).not.toBe('');
  }
});

test('a number in a note is told by the name of the field, and the words come up for change', () => {
  const asked = { item: 'i1', value: 'fail', note: 'ID 330106199003071234' };
  const told = row({ code: 'personal_number', facts: { field: 'args.note' }, asked });
  expect(told).toMatchObject({ what: '备注里有证件号或卡号', verb: '修改', act: 'edit' });
});

test('what was looked at can be put away', () => {
  const spot = { href: '/somewhere', no: '2.4' };
  expect(row({ spot })).toMatchObject({ act: 'go', verb: '查看' });
  expect(row({ spot, seen: true })).toMatchObject({ act: 'settle', verb: '知道了' });
});

test('what was erased is told without a word of it, leads nowhere and is put away', () => {
  expect(row({ code: 'record_erased', op: null, seq: null })).toMatchObject({
    what: '这条记录已按规定删除',
    todo: '您补充的内容没有保留。',
    verb: '知道了',
    act: 'settle',
    href: null,
  });
});

test('only what was written comes up for change, and the rest stays as it was', () => {
  expect(textsIn({ value: 'fail', note: 'a' }).map(({ field }) => field)).toEqual(['note']);
  const asked = {
    content_digest: 'd',
    points: [{ about: 'note', comment: 'a' }],
    value: 'fail',
    note: '',
  };
  const texts = textsIn(asked);
  expect(texts.map(({ field, text }) => [field, text])).toContainEqual(['comment', 'a']);
  expect(withTexts(asked, [{ ...texts[0]!, text: 'b' }]).points).toEqual([
    { about: 'note', comment: 'b' },
  ]);
});

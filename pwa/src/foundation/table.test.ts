import { afterEach, expect, test } from 'vitest';
import { type Asking, answerWith } from './ask';
import { askTable } from './table';

const asked: Asking[] = [];
answerWith({
  told: async (asking) => {
    asked.push(asking);
    return { ok: true, value: null as never, at: 0 };
  },
  made: async () => ({ ok: false, why: 'offline', code: null }),
});
afterEach(() => asked.splice(0));

const LIMIT = 5 * 1024 * 1024;

test('a list goes to the server as what it is', async () => {
  await askTable('/read', new File(['a,b'], 'People.CSV'));
  await askTable('/read', new File(['PK'], 'people.xlsx'));
  expect(asked.map(({ file }) => file?.type.split('/')[0])).toEqual(['text', 'application']);
  expect(asked[0]?.file?.bytes).toEqual(new TextEncoder().encode('a,b'));
});

test('a file above the limit is refused before a byte of it is read or sent', async () => {
  const large = new File([], 'film.xlsx');
  Object.defineProperty(large, 'size', { value: LIMIT + 1 });
  large.arrayBuffer = () => Promise.reject(new Error('it was read'));
  const refused = { ok: false, why: 'refused', code: 'table_too_large', facts: { limit_mb: 5 } };
  expect(await askTable('/read', large)).toEqual(refused);
  expect(asked).toEqual([]);
  expect((await askTable('/read', new File([new Uint8Array(LIMIT)], 'a.xlsx'))).ok).toBe(true);
});

test('a file that has gone since it was chosen is said to be unreadable', async () => {
  const gone = new File(['a'], 'people.csv');
  gone.arrayBuffer = () => Promise.reject(new DOMException('moved', 'NotReadableError'));
  expect(await askTable('/read', gone)).toMatchObject({ ok: false, code: 'table_unreadable' });
});

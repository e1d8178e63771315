import { afterEach, expect, test } from 'vitest';
import { type Answer, type Asking, answerWith } from '@/foundation/ask';
import type { PersonRow } from './rows';
import { csvOf, giveAll, type Slip, withoutPassword } from './slips';

const person = (id: string, active = true) => ({ id, username: id, name: id, active }) as PersonRow;
const asked: string[] = [];
const told = (answers: (asking: Asking) => unknown) =>
  answerWith({
    told: async <T>(asking: Asking) => {
      asked.push(asking.path);
      const value = answers(asking);
      return (value ? { ok: true, value, at: 0 } : AWAY) as Answer<T>;
    },
    made: async () => AWAY,
  });
const AWAY = { ok: false, why: 'offline', code: null } as const;

afterEach(() => {
  answerWith(null);
  asked.length = 0;
});

test('all pages are asked for, and nobody who is suspended gets one', async () => {
  told(({ query }) =>
    query?.cursor
      ? { rows: [person('c')], next: null }
      : { rows: [person('a'), person('b', false)], next: 'b' },
  );
  expect(await withoutPassword()).toEqual([person('a'), person('c')]);
  told(() => null);
  expect(await withoutPassword()).toEqual(AWAY);
});

test('what was given before the server went away counts, and the rest is not asked for', async () => {
  told(({ path }) => path.includes('/a/') && { password: 'ab-cd', valid_until: '2026-12-04' });
  const given: Slip[] = [];
  const people = [person('a'), person('b'), person('c')];
  expect(await giveAll(people, (slip) => given.push(slip))).toEqual(AWAY);
  expect(given).toEqual([{ person: person('a'), password: 'ab-cd', valid_until: '2026-12-04' }]);
  expect(asked).toEqual(['/v1/console/people/a/password', '/v1/console/people/b/password']);
});

test('the list is a table that no spreadsheet calculates with', () => {
  const rows = [
    ['姓名', '临时密码'],
    ['=1+1', 'a"b,c'],
  ];
  expect(csvOf(rows)).toBe('\ufeff"姓名","临时密码"\r\n"\t=1+1","a""b,c"\r\n');
});

import { expect, test } from 'vitest';
import type { Asked } from '@/foundation/catalogue';
import type { Body, Key } from '@/foundation/store/tables';
import { rules } from './rules';

const asked = (op: string, args: Body, rec: Key = ['inbox', 'me']): Asked => ({
  id: 'c',
  op,
  rec,
  args,
  actor: 'me',
  at: '2026-11-27T01:00:00.000Z',
});
const previewOf = (op: string) => rules.previews?.[op] ?? {};

test('what was read is read at once, and keeps the moment at which it was', () => {
  const { touches, apply } = previewOf('notices.mark_read');
  const command = asked('notices.mark_read', { notices: ['a', 'b'] });
  expect(touches?.(command)).toEqual([
    ['notice', 'a'],
    ['notice', 'b'],
  ]);
  expect(apply?.({ type: 't' }, command, ['notice', 'a'])).toEqual({
    type: 't',
    read_at: '2026-11-27T01:00:00.000Z',
  });
  const before = { type: 't', read_at: '2026-11-26T01:00:00.000Z' };
  expect(apply?.(before, command, ['notice', 'a'])).toEqual(before);
  expect(apply?.(undefined, command, ['notice', 'gone'])).toBeUndefined();
});

test('choices keep the address, and the address keeps the choices', () => {
  const chosen = { muted: ['events'], quiet: null, language: 'en' };
  const choose = previewOf('notices.choose').apply;
  const first = choose?.(undefined, asked('notices.choose', chosen), ['inbox', 'me']);
  expect(first).toEqual({ address: null, ...chosen });
  const set = previewOf('notices.set_address').apply;
  const address = 'a@bank.example';
  const then = set?.(first ?? undefined, asked('notices.set_address', { address }), [
    'inbox',
    'me',
  ]);
  expect(then).toEqual({ ...chosen, address });
});

test("of somebody else's inbox an administrator keeps nothing", () => {
  const rec: Key = ['inbox', 'other'];
  const set = previewOf('notices.set_address').apply;
  const command = asked('notices.set_address', { address: 'a@bank.example' }, rec);
  expect(set?.(undefined, command, rec)).toBeUndefined();
});

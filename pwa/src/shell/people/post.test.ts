import { expect, test } from 'vitest';
import { nameFaults, namesOf } from './names';
import { blankPost, faultsOf, type PostDraft, postOf, scopeOf } from './post';

const draft = (values: Partial<PostDraft> = {}): PostDraft => ({
  ...blankPost('2026-11-27'),
  title: '检查员',
  ...values,
});

test('a role that belongs to an outlet or a line says so before it is sent', () => {
  expect(faultsOf(draft())).toEqual([]);
  expect(faultsOf(draft({ role: 'outlet_head' }))).toEqual(['outlet']);
  expect(faultsOf(draft({ role: 'outlet_head', outlet: 'o' }))).toEqual([]);
  expect(faultsOf(draft({ role: 'security', title: ' ' }))).toEqual(['title', 'line']);
  expect(faultsOf(draft({ to: '2026-11-26' }))).toEqual(['dates']);
  expect(faultsOf(draft({ to: '2026-11-27' }))).toEqual([]);
});

test('what a role does not have is left behind when the role is changed', () => {
  const filled = draft({ unit: 'u', outlet: 'o', line: 'l' });
  expect(postOf(filled)).toMatchObject({ unit: null, outlet: 'o', line: 'l', held_to: null });
  expect(postOf({ ...filled, outlet: '' })).toMatchObject({ unit: 'u', outlet: null });
  expect(postOf({ ...filled, role: 'admin' })).toMatchObject({
    unit: null,
    outlet: null,
    line: null,
  });
  expect(scopeOf('outlet_staff')).toEqual({ unit: false, outlet: true, line: true });
});

test('a title in one tongue stands for both', () => {
  expect(postOf(draft()).title).toEqual({ zh: '检查员', en: '检查员' });
  expect(postOf(draft({ title_en: 'Inspector' })).title.en).toBe('Inspector');
});

test('user names are small letters, and begin with one or a digit', () => {
  expect(namesOf({ name: ' 安娜 ', username: ' Ana.B ' })).toEqual({
    name: '安娜',
    username: 'ana.b',
  });
  expect(nameFaults({ name: '安娜', username: 'ana.b' })).toEqual([]);
  expect(nameFaults({ name: ' ', username: 'a' })).toEqual(['name', 'username']);
  expect(nameFaults({ name: '安娜', username: '.ana' })).toEqual(['username']);
  expect(nameFaults({ name: '安娜', username: '安娜' })).toEqual(['username']);
});

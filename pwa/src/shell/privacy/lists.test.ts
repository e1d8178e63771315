import { beforeAll, expect, test } from 'vitest';
import { wordsReady } from '@/parts/words.svelte';
import { LISTS, type Line } from './lists';

beforeAll(wordsReady);

const PARENT: [string, string] = ['visit_person', '0190a0b0-0000-7000-8000-0000000c0ffe'];
const AT = '2026-11-24T01:00:00.000Z';
const nameOf = (kind: string, id: unknown) => (id ? `${kind} ${String(id)}` : '');
const tagged = ({ tag }: Line) => tag.tone;

const consent = {
  consent: 'c1',
  purpose: 'visits.photos',
  state: 'given',
  parent: PARENT,
  outlet: 'lake',
  notice: 'f'.repeat(64),
  late_notice: false,
  principal: 'person',
  minor: false,
  how: 'signature',
  by: 'ana',
  given_at: AT,
  valid_until: null,
};
const kept = {
  parent: PARENT,
  klass: 'evidence',
  action: 'erase',
  outlet: 'lake',
  since: '2026-11-24',
  due_on: '2029-11-23',
  days_left: -2,
  state: 'kept',
  held: false,
  unanswered: false,
  certificate: null,
};
const certificate = {
  cause: 'withdrawal',
  action: 'erase',
  parent: PARENT,
  rule: 'visits.photos',
  records: [['photo', 'p1'] as [string, string], PARENT],
  fields: 2,
  digests: ['a'],
  by: 'ana',
  ordered_at: AT,
  erase_by: AT,
  state: 'ordered',
  done_at: null,
};
const hold = {
  parent: PARENT,
  by: 'dpo',
  why: 'A court asks',
  at: AT,
  released_by: null as string | null,
  released_why: null as string | null,
  released_at: null as string | null,
};

test('what was agreed to can be withdrawn, what was refused or taken back cannot', () => {
  const line = (state: string) => LISTS.consents.line({ ...consent, state }, nameOf);
  expect(line('given').withdraw).toEqual({ consent: 'c1', purpose: 'visits.photos' });
  expect(line('expired').withdraw).toBeDefined();
  expect(line('refused').withdraw).toBeUndefined();
  expect(line('withdrawn').withdraw).toBeUndefined();
  expect(['given', 'withdrawn'].map((state) => tagged(line(state)))).toEqual(['ok', 'warn']);
});

test('a withdrawal without a certificate, and an end nobody answered, are what has to be looked at', () => {
  const withdrawal = {
    ...{
      consent: 'c1',
      purpose: 'visits.photos',
      parent: PARENT,
      outlet: 'lake',
      channel: 'phone',
    },
    ...{ asked_by: 'person', staff: 'ana', withdrawn_at: AT, recorded_at: AT, action: 'erase' },
    erase_by: AT,
  };
  const open = LISTS.withdrawals.line({ ...withdrawal, certificate: null }, nameOf);
  const done = LISTS.withdrawals.line({ ...withdrawal, certificate: 'x'.repeat(36) }, nameOf);
  expect([open, done].map(tagged)).toEqual(['bad', 'ok']);
  const board = (values: object) => LISTS.retention.line({ ...kept, ...values }, nameOf);
  expect(tagged(board({ held: true }))).toBe('warn');
  expect(tagged(board({ state: 'ended', unanswered: true }))).toBe('bad');
  expect(board({}).second).toMatch(/2/);
});

test('sealed photos can be opened from the certificate, erased ones cannot', () => {
  const line = (values: object, overdue = false) =>
    LISTS.certificates.line(
      { id: 'z1', overdue, certificate: { ...certificate, ...values } },
      nameOf,
    );
  expect(line({ action: 'seal' }).sealed).toEqual(['p1']);
  expect(line({}).sealed).toBeUndefined();
  expect(tagged(line({}, true))).toBe('bad');
  expect(tagged(line({ state: 'done', done_at: AT }))).toBe('ok');
});

test('a hold says who and why, and only a standing one is released', () => {
  const line = LISTS.holds.line({ id: 'h1', hold }, nameOf);
  expect(line.release).toBe('h1');
  expect(line.details.map(([, value]) => value)).toContain('A court asks');
  const over = { ...hold, released_by: 'dpo', released_why: 'done', released_at: AT };
  expect(LISTS.holds.line({ id: 'h1', hold: over }, nameOf).release).toBeUndefined();
});

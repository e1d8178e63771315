// How each of the officer's lists is asked for, filtered and told: one line, its details, what can be done.
import type { Key } from '@/foundation/store/tables';
import { PURPOSES, RETENTION } from '@/generated/privacy';
import type { NameOf } from '@/parts/directory';
import { tongue, when } from '@/parts/words.svelte';
import type { CertificateRow, ConsentRow, HoldRow, KeptRow, WithdrawalRow } from './rows';
import { say } from './say';

export type ListName = 'consents' | 'withdrawals' | 'retention' | 'certificates' | 'holds';

export interface Line {
  id: string;
  title: string;
  second: string;
  tag: { text: string; tone: '' | 'ok' | 'warn' | 'bad' };
  details: [label: string, value: string][];
  parent: Key;
  /** a consent of which this purpose may still be withdrawn */
  withdraw?: { consent: string; purpose: string };
  /** a hold that may be released */
  release?: string;
  /** sealed photos that may be opened with a reason */
  sealed?: string[];
}
export interface Listing {
  path: string;
  states: readonly string[];
  /** the filter by purpose, class or rule, and its codes */
  code: { name: 'purpose' | 'klass' | 'rule'; of: () => string[] };
  byOutlet: boolean;
  // biome-ignore lint/suspicious/noExplicitAny: each list has rows of its own, see rows.ts
  line: (row: any, nameOf: NameOf) => Line;
}

/** Purposes, or a class of keeping, in words; the code where this build does not know it. */
export const codeWord = (codes: string): string => codes.split(':').map(wordOf).join(say().comma);
const wordOf = (code: string): string =>
  PURPOSES[code]?.[tongue()] ?? RETENTION[code]?.[tongue()] ?? code;

const moment = (at: string | null): string => (at ? when(at, 'moment') : '');
const day = (at: string): string => when(`${at}T12:00:00`, 'day');
const about = ([kind, id]: Key): string => say().kinds(kind, id);
const told = (...details: [string, string | null | undefined][]): [string, string][] =>
  details.flatMap(([label, value]) => (value ? [[label, value]] : []));
const purposes = { name: 'purpose', of: () => Object.keys(PURPOSES) } as const;

const TONES: Record<string, Line['tag']['tone']> = {
  given: 'ok',
  done: 'ok',
  answered: 'ok',
  withdrawn: 'warn',
  held: 'warn',
  overdue: 'bad',
  unanswered: 'bad',
};
const tagOf = (state: string): Line['tag'] => ({
  text: say().states[state] ?? state,
  tone: TONES[state] ?? '',
});

function consent(row: ConsentRow, nameOf: NameOf): Line {
  const w = say();
  const open = row.state === 'given' || row.state === 'expired';
  return {
    id: `${row.consent}|${row.purpose}`,
    title: codeWord(row.purpose),
    second: [nameOf('outlet', row.outlet), moment(row.given_at)].filter(Boolean).join(w.comma),
    tag: tagOf(row.state),
    details: told(
      [w.record, about(row.parent)],
      [w.answeredBy, w.principal[row.principal]],
      [w.how, w.hows[row.how]],
      [w.minor, row.minor ? '✓' : null],
      [w.givenAt, moment(row.given_at)],
      [w.validUntil, moment(row.valid_until)],
      [w.by, nameOf('person', row.by)],
      [w.notice, row.notice.slice(0, 12)],
      [w.lateNotice, row.late_notice ? '✓' : null],
    ),
    parent: row.parent,
    ...(open ? { withdraw: { consent: row.consent, purpose: row.purpose } } : {}),
  };
}

function withdrawal(row: WithdrawalRow, nameOf: NameOf): Line {
  const w = say();
  return {
    id: `${row.consent}|${row.purpose}`,
    title: codeWord(row.purpose),
    second: [w.channels[row.channel], moment(row.withdrawn_at)].filter(Boolean).join(w.comma),
    tag: tagOf(row.certificate ? 'answered' : 'unanswered'),
    details: told(
      [w.record, about(row.parent)],
      [w.outlet, nameOf('outlet', row.outlet)],
      [w.askedBy, w.principal[row.asked_by]],
      [w.channel, w.channels[row.channel]],
      [w.by, nameOf('person', row.staff)],
      [w.withdrawnAt, moment(row.withdrawn_at)],
      [w.recordedAt, moment(row.recorded_at)],
      [w.action, w.actions[row.action]],
      [w.eraseBy, moment(row.erase_by)],
      [w.certificate, row.certificate?.slice(-6) ?? w.noCertificate],
    ),
    parent: row.parent,
  };
}

function kept(row: KeptRow, nameOf: NameOf): Line {
  const w = say();
  const state = row.unanswered ? 'unanswered' : row.held ? 'held' : row.state;
  const left = row.state === 'kept' ? w.daysLeft(row.days_left) : '';
  return {
    id: `${row.parent.join(':')}|${row.klass}`,
    title: codeWord(row.klass),
    second: [day(row.due_on), left].filter(Boolean).join(w.comma),
    tag: tagOf(state),
    details: told(
      [w.record, about(row.parent)],
      [w.outlet, nameOf('outlet', row.outlet)],
      [w.keptSince, day(row.since)],
      [w.dueOn, day(row.due_on)],
      [w.action, w.actions[row.action]],
      [w.certificate, row.certificate?.slice(-6) ?? (row.unanswered ? w.noCertificate : null)],
    ),
    parent: row.parent,
  };
}

function certificate({ id, overdue, certificate: one }: CertificateRow, nameOf: NameOf): Line {
  const w = say();
  const photos = one.records.filter(([kind]) => kind === 'photo').map(([, photo]) => photo);
  return {
    id,
    title: `${w.actions[one.action] ?? one.action}${w.comma}${codeWord(one.rule)}`,
    second: [w.causes[one.cause], moment(one.ordered_at)].filter(Boolean).join(w.comma),
    tag: tagOf(overdue ? 'overdue' : one.state),
    details: told(
      [w.certificate, id],
      [w.record, about(one.parent)],
      [w.cause, w.causes[one.cause]],
      [w.by, nameOf('person', one.by)],
      [w.fields, String(one.fields)],
      [w.photos, String(one.digests.length)],
      [w.orderedAt, moment(one.ordered_at)],
      [w.eraseBy, moment(one.erase_by)],
      [w.doneAt, moment(one.done_at)],
    ),
    parent: one.parent,
    ...(one.action === 'seal' && photos.length ? { sealed: photos } : {}),
  };
}

function hold({ id, hold: one }: HoldRow, nameOf: NameOf): Line {
  const w = say();
  const held = one.released_at === null;
  return {
    id,
    title: about(one.parent),
    second: [nameOf('person', one.by), moment(one.at)].filter(Boolean).join(w.comma),
    tag: tagOf(held ? 'held' : 'released'),
    details: told(
      [w.record, one.parent.join(' ')],
      [w.heldBy, nameOf('person', one.by)],
      [w.givenAt, moment(one.at)],
      [w.why, one.why],
      [w.releasedBy, one.released_by && nameOf('person', one.released_by)],
      [w.doneAt, moment(one.released_at)],
      [w.releasedWhy, one.released_why],
    ),
    parent: one.parent,
    ...(held ? { release: id } : {}),
  };
}

export const LISTS: Record<ListName, Listing> = {
  consents: {
    path: '/v1/console/privacy/consents',
    states: ['given', 'refused', 'withdrawn', 'expired'],
    code: purposes,
    byOutlet: true,
    line: consent,
  },
  withdrawals: {
    path: '/v1/console/privacy/withdrawals',
    states: ['unanswered'],
    code: purposes,
    byOutlet: true,
    line: withdrawal,
  },
  retention: {
    path: '/v1/console/privacy/retention',
    states: ['kept', 'held', 'ended', 'unanswered'],
    code: { name: 'klass', of: () => Object.keys(RETENTION) },
    byOutlet: true,
    line: kept,
  },
  certificates: {
    path: '/v1/console/privacy/certificates',
    states: ['ordered', 'done', 'overdue'],
    code: { name: 'rule', of: () => [...Object.keys(PURPOSES), ...Object.keys(RETENTION)] },
    byOutlet: false,
    line: certificate,
  },
  holds: {
    path: '/v1/console/privacy/holds',
    states: ['held', 'released'],
    code: { name: 'purpose', of: () => [] },
    byOutlet: false,
    line: hold,
  },
};

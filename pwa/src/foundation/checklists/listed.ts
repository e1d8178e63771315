/** Choices that an item takes from a code list of the bank: the same as the server's (`listing.py`), by the same cases. */

import type { Choice, Words } from '@/foundation/checklists/template';

export interface ListedCode {
  code: string;
  text: Words;
  /** first and last day; none means no limit */
  since?: string | null;
  until?: string | null;
}

export interface CodeListBody {
  name: Words;
  purpose: Words;
  codes: ListedCode[];
  closed_on?: string | null;
}

/** What the server takes into one list. */
export const LISTED_CODES_MAX = 200;

const RESERVED = ['pass', 'fail', 'na', 'answered'];

/** The key by which answers name a code. */
export function choiceKey(code: string): string {
  const key = code.toLowerCase().replace(/[^a-z0-9_]/g, '_');
  return /^[a-z]/.test(key) && !RESERVED.includes(key) ? key : `c_${key}`;
}

/** Another code that answers could not tell from this one, itself included. */
export const alikeIn = (codes: readonly ListedCode[], code: string): ListedCode | undefined =>
  codes.find((one) => choiceKey(one.code) === choiceKey(code));

/** Codes for something new on this local day, in their order. */
export const inForce = ({ codes }: Pick<CodeListBody, 'codes'>, day: string): ListedCode[] =>
  codes.filter(({ since, until }) => (!since || since <= day) && (!until || day <= until));

/** The list's codes in force as choices; what fails stays as its author said. */
export function choicesOf(
  list: Pick<CodeListBody, 'codes'>,
  day: string,
  before: readonly Choice[],
): Choice[] {
  const fails = new Set(before.filter(({ fail }) => fail).map(({ key }) => key));
  return inForce(list, day).map(({ code, text }) => {
    const key = choiceKey(code);
    return { key, text: { zh: text.zh, en: text.en }, fail: fails.has(key) };
  });
}

/** Whether an item already has what the list says on this day. */
export const isOfToday = (
  choices: readonly Choice[],
  list: Pick<CodeListBody, 'codes'>,
  day: string,
): boolean => {
  const now = choicesOf(list, day, choices);
  return (
    now.length === choices.length &&
    now.every(({ key, text: { zh, en } }, at) => {
      const one = choices[at];
      return one?.key === key && one.text.zh === zh && one.text.en === en;
    })
  );
};

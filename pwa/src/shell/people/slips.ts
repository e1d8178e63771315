// One-time passwords for everybody who has none yet, as a list to be handed out. Told once: the server keeps them
// as hashes and this device not at all, so the list is kept by whoever hands it out.
import { type Answer, ask } from '@/foundation/ask';
import { givePassword } from './asking';
import type { PeoplePage, PersonRow } from './rows';

export interface Slip {
  person: PersonRow;
  password: string;
  valid_until: string;
}
type Refusal = Extract<Answer<unknown>, { ok: false }>;

/** Pages of the server's list; a branch has two or three. */
const PAGES_MAX = 100;

/** Everybody in office without a password, by user name. */
export async function withoutPassword(): Promise<PersonRow[] | Refusal> {
  const rows: PersonRow[] = [];
  let cursor: string | null = null;
  for (let page = 0; page < PAGES_MAX; page++) {
    const query: Record<string, string> = { state: 'no_password', limit: '200' };
    if (cursor) query.cursor = cursor;
    const answer: Answer<PeoplePage> = await ask<PeoplePage>({ path: '/v1/console/people', query });
    if (!answer.ok) return answer;
    rows.push(...answer.value.rows.filter(({ active }) => active));
    cursor = answer.value.next;
    if (!cursor) break;
  }
  return rows;
}

/** One after another, because each is a tenth of a second of the server's processor; `onslip` after each. Null when
 * all have one; what was given before a refusal counts. */
export async function giveAll(
  people: readonly PersonRow[],
  onslip: (slip: Slip) => void,
): Promise<Refusal | null> {
  for (const person of people) {
    const answer = await givePassword(person.id);
    if (!answer.ok) return answer;
    const { password, valid_until } = answer.value;
    onslip({ person, password, valid_until });
  }
  return null;
}

/** A text table that a spreadsheet opens as it is. As in the server's own tables, a tab keeps a cell that it would
 * take for a formula a text. */
export const csvOf = (rows: readonly (readonly string[])[]): string =>
  `\ufeff${rows.map((row) => row.map(cell).join(',')).join('\r\n')}\r\n`;

function cell(text: string): string {
  const plain = /^[=+\-@\t\r]/.test(text) ? `\t${text}` : text;
  return `"${plain.replaceAll('"', '""')}"`;
}

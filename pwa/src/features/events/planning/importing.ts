// A file as the server read it: rows that can be taken and what is wrong with the others, in words.
import type { Answer } from '@/foundation/ask';
import { askTable } from '@/foundation/table';
import { filled, sentences } from '@/parts/refusals';
import { tongue } from '@/parts/words.svelte';
import type { Entry } from '../model';
import { say as planning } from './words';

type Value = string | number | null;
export interface CellProblem {
  row: number;
  column: string;
  code: string;
  facts: Record<string, string | number>;
}
export interface Imported {
  rows: { number: number; values: Record<string, Value> }[];
  problems: CellProblem[];
  ignored: string[];
  tab: string;
  is_cut: boolean;
}
export interface Found {
  /** the row in the file, and the entry it becomes */
  row: number;
  entry: Entry;
}
export interface Problem {
  key: string;
  text: string;
}
export interface Read {
  found: Found[];
  problems: Problem[];
  is_cut: boolean;
}

export async function readFile(
  event: string,
  file: File,
  newId: () => string,
): Promise<Answer<Read>> {
  const answer = await askTable<Imported>(`/v1/events/${event}/roster/read`, file);
  if (!answer.ok) return answer;
  const known = await sentences();
  const words = (code: string) => known[code]?.[tongue()] ?? code;
  return { ...answer, value: readOf(answer.value, newId, words, planning().importRow) };
}

/** Pure. `words` are those of a problem's code, with places for its facts; not all have one for the row. */
export function readOf(
  { rows, problems, is_cut }: Imported,
  newId: () => string,
  words: (code: string) => string,
  inRow: (row: number, what: string) => string,
): Read {
  const told = ({ row, code, facts }: CellProblem): string => {
    const what = words(code);
    return what.includes('{row}') ? filled(what, facts) : inRow(row, filled(what, facts));
  };
  return {
    found: rows.map(({ number, values }) => ({ row: number, entry: entryOf(values, newId()) })),
    problems: problems.map((one) => ({
      key: `${one.row} ${one.column} ${one.code}`,
      text: told(one),
    })),
    is_cut,
  };
}

/** Rows whose code somebody on the list has already are told apart from those that can be taken. */
export function sorted(found: readonly Found[], codes: ReadonlySet<string>) {
  const taken = ({ entry }: Found): boolean => Boolean(entry.code && codes.has(entry.code));
  return { good: found.filter((one) => !taken(one)), again: found.filter(taken) };
}

const text = (value: Value | undefined): string =>
  value === null || value === undefined ? '' : String(value);

function entryOf(values: Record<string, Value>, id: string): Entry {
  const kind = (text(values.kind) || 'guest') as NonNullable<Entry['kind']>;
  const code = text(values.code);
  return {
    id,
    kind,
    name: kind === 'child' ? '' : text(values.name),
    group: text(values.group),
    ...(code ? { code } : {}),
  };
}

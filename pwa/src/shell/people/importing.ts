// A list of people as the server read it: who can be taken, and what is wrong with the others, in words. Pure.
import { filled } from '@/parts/refusals';
import type { BroughtPerson, CellProblem, PeopleImport } from './rows';

export interface Found {
  people: BroughtPerson[];
  /** posts that are new, over all of them */
  posts: number;
  problems: { key: string; text: string }[];
  ignored: string[];
  is_cut: boolean;
}

/** `words` are those of a problem's code, with places for its facts; not all have one for the row. */
export function foundIn(
  { people, problems, ignored, is_cut }: PeopleImport,
  words: (code: string) => string,
  inRow: (row: number, column: string, what: string) => string,
): Found {
  const told = ({ row, column, code, facts }: CellProblem): string => {
    const what = words(code);
    const all = { row, column, ...facts };
    return what.includes('{row}') ? filled(what, all) : inRow(row, column, filled(what, all));
  };
  const fresh = people.filter(hasNews);
  return {
    people: fresh,
    posts: fresh.reduce((sum, one) => sum + one.posts.filter((post) => post.is_new).length, 0),
    problems: problems.map((one, place) => ({ key: `${place} ${one.row}`, text: told(one) })),
    ignored,
    is_cut,
  };
}

const hasNews = ({ is_new, posts }: BroughtPerson): boolean =>
  is_new || posts.some((post) => post.is_new);

/** One after another, so that a list of hundreds does not make the screen wait; `onpart` after each. */
export async function inParts<T>(
  all: readonly T[],
  take: (one: T) => Promise<unknown>,
  onpart: (done: number) => void,
): Promise<void> {
  for (const [place, one] of all.entries()) {
    await take(one);
    onpart(place + 1);
  }
}

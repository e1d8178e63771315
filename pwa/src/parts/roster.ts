// People on a list, and who of them is here. Found by any part of the name or code, as typed: no pinyin.
export interface RosterEntry {
  id: string;
  name: string;
  /** what is on their slip; shown by its end and found by any part of it */
  code?: string;
  second?: string;
  /** `twice`: seen on two devices, and counted once */
  state: 'open' | 'here' | 'twice';
  /** when and where it stands, in words: 14:28, only on this device */
  word?: string;
}

/** One spelling for what people type: full-width letters, capitals, spaces and the dot in names. */
export const folded = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s·•-]/g, '');

/** Those with the typed text in name or code, in the order of the list; the whole list for nothing typed. */
export function found<R extends Pick<RosterEntry, 'name' | 'code'>>(
  entries: readonly R[],
  typed: string,
): readonly R[] {
  const wanted = folded(typed);
  if (!wanted) return entries;
  return entries.filter(
    ({ name, code }) => folded(name).includes(wanted) || folded(code ?? '').includes(wanted),
  );
}

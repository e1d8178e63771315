// Filters of a list as they stand in the address, in a question to the server, and in a saved view.
export type Wanted<K extends string = string> = Record<K, string>;

const VALUE = /^[^\p{Cc}]{1,100}$/u;

/** What the address asks for of these; whatever else stands there is not taken. */
export function fromAddress<K extends string>(
  query: URLSearchParams,
  keys: readonly K[],
): Wanted<K> {
  const taken = keys.map((key) => [key, fit(query.get(key) ?? '')] as const);
  return Object.fromEntries(taken) as Wanted<K>;
}

/** Without what asks for nothing. */
export const asQuery = (wanted: Wanted): Record<string, string> =>
  Object.fromEntries(Object.entries(wanted).filter(([, value]) => value));

export function toAddress(path: string, asked: Record<string, string>): string {
  const query = new URLSearchParams(asked).toString();
  return query ? `${path}?${query}` : path;
}

const fit = (text: string): string => (VALUE.test(text) ? text : '');

/** What became of a code, in words: taken, seen already, of nobody here, or not to be taken at all. */
export interface Told {
  kind: 'taken' | 'again' | 'unknown' | 'refused';
  text: string;
}

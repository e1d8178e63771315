// Numbers that must never be kept: Chinese identity numbers (GB 11643-1999, ISO 7064 MOD 11-2) and
// payment cards (ISO/IEC 7812-1, Luhn). The same decisions as the server's kernel/personal_numbers.py,
// judged by one file of cases; the server refuses what gets past this. What it does not find: numbers
// of fifteen digits from before 1999, numbers in pictures, and numbers broken over two fields.

const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const CHECKS = '10X98765432';
const RUN = /(?<![0-9A-Za-z])(?:[0-9][ \-·]?){14,22}[0-9Xx](?![0-9A-Za-z])/g;
const LONG = /(?:[0-9][ \-·]?){12}/;
const MASK_KEPT = 4;

const bareOf = (run: string): string => run.replace(/[ \-·]/g, '').toUpperCase();
const isPersonal = (bare: string): boolean => isIdentity(bare) || isCard(bare);

/** Every identity or card number in the text, as bare characters. Empty for clean text. */
export function find(text: string): string[] {
  if (text.length < 15 || [...text].length < 15) return [];
  return [...text.normalize('NFKC').matchAll(RUN)].map(([run]) => bareOf(run)).filter(isPersonal);
}

/** The text with every found number reduced to stars and its last four characters. */
export function mask(text: string): string {
  return text.normalize('NFKC').replace(RUN, (run) => {
    const bare = bareOf(run);
    return isPersonal(bare) ? stars(bare) : run;
  });
}

/** The text as it was typed, without the numbers found in it; the rest keeps its own characters. */
export function without(text: string): string {
  if (!find(text).length) return text;
  const typed = [...text];
  const owner = typed.flatMap((c, at) => Array(c.normalize('NFKC').length).fill(at) as number[]);
  const plain = text.normalize('NFKC');
  // Characters that only combine with their neighbours cannot be told apart: then all of it is plain.
  if (owner.length !== plain.length) return mask(text).replace(/\*{12,}[0-9X]{4}/g, '');
  const gone = new Set<number>();
  for (const { 0: run, index } of plain.matchAll(RUN))
    if (isPersonal(bareOf(run)))
      for (const at of owner.slice(index, index + run.length)) gone.add(at);
  return typed.filter((_, at) => !gone.has(at)).join('');
}

/** A found number as it may be shown: stars and its last four characters. */
export const stars = (bare: string): string =>
  '*'.repeat(bare.length - MASK_KEPT) + bare.slice(-MASK_KEPT);

/** Whether somebody may be in the middle of typing one: twelve digits in a row, longer than a telephone. */
export const mayBecome = (text: string): boolean => LONG.test(text.normalize('NFKC'));

/** Whether 18 characters are a valid identity number. */
export function isIdentity(bare: string): boolean {
  if (!/^[0-9]{17}[0-9X]$/.test(bare)) return false;
  if (!isDate(+bare.slice(6, 10), +bare.slice(10, 12), +bare.slice(12, 14))) return false;
  const total = WEIGHTS.reduce((sum, weight, at) => sum + weight * Number(bare[at]), 0);
  return bare[17] === CHECKS[total % 11];
}

/** Whether 16 to 19 digits pass the Luhn check and begin as payment cards do. */
export function isCard(bare: string): boolean {
  if (!/^[3-6][0-9]{15,18}$/.test(bare)) return false;
  const total = [...bare].reverse().reduce((sum, digit, position) => {
    const twice = Number(digit) * 2;
    return sum + (position % 2 ? (twice > 9 ? twice - 9 : twice) : Number(digit));
  }, 0);
  return total % 10 === 0;
}

// Not by Date, which takes 31 February for 3 March and the year 20 for 1920.
function isDate(year: number, month: number, day: number): boolean {
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  const days = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1] ?? 0;
  return year > 0 && day > 0 && day <= days;
}

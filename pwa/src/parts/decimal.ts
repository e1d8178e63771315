// A number as people type it, kept as text: no float ever touches it.
export interface Range {
  min: string | null;
  max: string | null;
  decimals: number;
}
export type NumberFault = 'empty' | 'notNumber' | 'tooSmall' | 'tooBig' | 'tooFine';

const FORM = /^-?\d{1,12}(\.\d{1,6})?$/;

/** Full-width digits and a comma for the point are what a Chinese keyboard gives; both are meant well. */
export const tidy = (typed: string): string =>
  typed
    .trim()
    .replace(/[０-９．－]/g, (c) => String.fromCharCode(c.charCodeAt(0) - 0xfee0))
    .replace(/[,，。]/g, '.');

export function fault(typed: string, range: Range): NumberFault | null {
  const text = tidy(typed);
  if (!text) return 'empty';
  if (!FORM.test(text)) return 'notNumber';
  if ((text.split('.')[1]?.length ?? 0) > range.decimals) return 'tooFine';
  if (range.min !== null && scaled(text) < scaled(range.min)) return 'tooSmall';
  if (range.max !== null && scaled(text) > scaled(range.max)) return 'tooBig';
  return null;
}

function scaled(text: string): bigint {
  const negative = text.startsWith('-');
  const [whole = '0', part = ''] = text.replace('-', '').split('.');
  const value = BigInt(whole + part.padEnd(6, '0'));
  return negative ? -value : value;
}

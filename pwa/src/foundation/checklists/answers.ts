/** What an answer may be, by type of item. The server asks the same again; this asks first. */

import { pointsAfter } from '@/foundation/checklists/scoring';
import type { LocationValue, ScoreValue } from '@/foundation/checklists/sheet';
import { type Item, type ItemType, isEvidence } from '@/foundation/checklists/template';

export interface Refusal {
  code: string;
  facts: Record<string, string | number>;
}

const TEXT_MAX = 2000;
const ACCURACY_MAX_METRES = 100_000;
const NUMBER = /^-?(0|[1-9][0-9]{0,11})(\.[0-9]{1,8})?$/;
const MOMENT = /^[1-9]\d{3}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/;

/** Why `value` is no answer to `item`, or null when it is one. */
export function checkAnswer(item: Item, value: unknown, note = ''): Refusal | null {
  if ([...note].length > TEXT_MAX) return tooLong('note');
  if (isEvidence(item)) return value === null ? null : wrong(item, 'null');
  return CHECKS[item.type]?.(item, value) ?? null;
}

type Check = (item: Item, value: unknown) => Refusal | null;

const passFail: Check = (item, value) =>
  ['pass', 'fail', 'na'].includes(value as string) ? null : wrong(item, 'pass, fail, na');

const scoreCheck: Check = (item, value) => {
  if (value === 'na') return null;
  if (!hasKeys(value, ['points', 'reasons'])) return wrong(item, 'points');
  const { points, reasons } = value as unknown as ScoreValue;
  if (!isWithin(points, 0, item.points)) return wrong(item, 'points');
  const known = item.deductions.map((reason) => reason.code);
  if (!isSetOf(reasons, known)) return wrong(item, 'reasons');
  const expected = pointsAfter(item, reasons);
  if (known.length === 0 || points === expected) return null;
  return { code: 'points_do_not_add_up', facts: { no: item.no, points, expected } };
};

const numberCheck: Check = (item, value) => {
  if (typeof value !== 'string' || !NUMBER.test(value)) return wrong(item, 'number');
  if (!item.number) return null;
  const { min, max, decimals } = item.number;
  if ((value.split('.')[1] ?? '').length > decimals) {
    return { code: 'answer_too_precise', facts: { no: item.no, decimals } };
  }
  if (compare(min, value) <= 0 && compare(value, max) <= 0) return null;
  return { code: 'answer_out_of_range', facts: { no: item.no, value, min, max } };
};

const single: Check = (item, value) =>
  item.choices.some((choice) => choice.key === value) ? null : wrong(item, 'choice');

const multiple: Check = (item, value) => {
  const keys = item.choices.map((choice) => choice.key);
  return isSetOf(value, keys) && value.length > 0 ? null : wrong(item, 'choices');
};

const text: Check = (item, value) => {
  if (typeof value !== 'string' || value.trim() === '') return wrong(item, 'text');
  return [...value].length > TEXT_MAX ? tooLong('text') : null;
};

const location: Check = (item, value) => {
  if (!hasKeys(value, ['lat', 'lon', 'acc', 'at'])) return wrong(item, 'location');
  const place = value as unknown as LocationValue;
  if (!isWithin(place.lat, -90_000_000, 90_000_000)) return wrong(item, 'lat');
  if (!isWithin(place.lon, -180_000_000, 180_000_000)) return wrong(item, 'lon');
  if (!isWithin(place.acc, 0, ACCURACY_MAX_METRES)) return wrong(item, 'acc');
  return datetime(item, place.at);
};

const datetime: Check = (item, value) => {
  if (typeof value !== 'string' || !MOMENT.test(value)) return wrong(item, 'moment');
  const moment = new Date(value);
  // A 31st of February becomes the 3rd of March in a Date: the way back shows it.
  const exists = !Number.isNaN(moment.getTime()) && moment.toISOString() === value;
  return exists ? null : wrong(item, 'moment');
};

const CHECKS: Partial<Record<ItemType, Check>> = {
  pass_fail: passFail,
  score: scoreCheck,
  number: numberCheck,
  single,
  multiple,
  text,
  location,
  datetime,
};

const wrong = (item: Item, reason: string): Refusal => ({
  code: 'args_invalid',
  facts: { field: item.no, reason },
});

const tooLong = (what: string): Refusal => ({
  code: 'too_large',
  facts: { what, limit: TEXT_MAX },
});

const isWithin = (value: unknown, low: number, high: number): value is number =>
  Number.isSafeInteger(value) && (value as number) >= low && (value as number) <= high;

function hasKeys(value: unknown, keys: string[]): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const own = Object.keys(value);
  return own.length === keys.length && keys.every((key) => own.includes(key));
}

function isSetOf(value: unknown, known: string[]): value is string[] {
  if (!Array.isArray(value) || !value.every((one) => known.includes(one))) return false;
  return new Set(value).size === value.length;
}

/** Compares decimal strings exactly: scaled to eight places as big integers, never as floats. */
function compare(left: string, right: string): number {
  const [a, b] = [scaled(left), scaled(right)];
  return a < b ? -1 : a > b ? 1 : 0;
}

function scaled(decimal: string): bigint {
  const [whole = '0', fraction = ''] = decimal.replace('-', '').split('.');
  const size = BigInt(whole + fraction.padEnd(8, '0'));
  return decimal.startsWith('-') ? -size : size;
}

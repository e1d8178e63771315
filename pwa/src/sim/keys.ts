// Keys as IndexedDB orders them: numbers before text before lists.

import type { Range } from '@/foundation/ports';

export type StoreKey = number | string | StoreKey[];

const rank = (key: StoreKey): number => (Array.isArray(key) ? 2 : typeof key === 'string' ? 1 : 0);

export function compareKeys(a: StoreKey, b: StoreKey): number {
  if (rank(a) !== rank(b)) return rank(a) - rank(b);
  if (!Array.isArray(a) || !Array.isArray(b)) return a < b ? -1 : a > b ? 1 : 0;
  for (let place = 0; place < Math.min(a.length, b.length); place++) {
    const order = compareKeys(a[place]!, b[place]!);
    if (order !== 0) return order;
  }
  return a.length - b.length;
}

export function within(key: StoreKey, { only, from, to }: Range): boolean {
  if (only !== undefined) return compareKeys(key, only as StoreKey) === 0;
  if (from !== undefined && compareKeys(key, from as StoreKey) < 0) return false;
  return to === undefined || compareKeys(key, to as StoreKey) <= 0;
}

export function keyOfRow(path: string | string[], row: unknown): StoreKey {
  const fields = row as Record<string, StoreKey>;
  return Array.isArray(path) ? path.map((field) => fields[field]!) : fields[path]!;
}

export function valuesAt(row: unknown, field: string): StoreKey[] {
  const value = (row as Record<string, StoreKey | undefined>)[field];
  return value === undefined ? [] : Array.isArray(value) ? value : [value];
}

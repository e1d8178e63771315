// One transaction of the simulated store: writes lie aside until the commit.

import type { Range, Tx } from '@/foundation/ports';
import type { Keys, Rows, TableName } from '@/foundation/store/tables';
import { TABLES } from '@/foundation/store/tables';
import { compareKeys, keyOfRow, type StoreKey, valuesAt, within } from '@/sim/keys';

export type Entry = { key: StoreKey; row: unknown };
export type Tables = { table(name: TableName): Map<string, Entry> };

export class MemoryTx implements Tx {
  readonly written = new Map<TableName, Map<string, Entry | null>>();
  readonly tables = new Set<string>();
  readonly kinds = new Set<string>();

  constructor(private readonly disk: Tables) {}

  async get<T extends TableName>(table: T, key: Keys[T]): Promise<Rows[T] | undefined> {
    const entry = this.entry(table, JSON.stringify(key));
    return entry && (copied(entry.row) as Rows[T]);
  }

  async all<T extends TableName>(table: T, range: Range = {}): Promise<Rows[T][]> {
    const found = this.found(table, range);
    if (range.newestFirst) found.reverse();
    return found.slice(0, range.limit).map((entry) => copied(entry.row) as Rows[T]);
  }

  async count(table: TableName, range: Range = {}): Promise<number> {
    return this.found(table, range).length;
  }

  put<T extends TableName>(table: T, row: Rows[T]): void {
    const key = keyOfRow(TABLES[table].key, row);
    this.note(table, (row as { kind?: string }).kind);
    this.writes(table).set(JSON.stringify(key), { key, row: copied(row) });
  }

  remove<T extends TableName>(table: T, key: Keys[T]): void {
    this.note(table, Array.isArray(key) ? key[0] : undefined);
    this.writes(table).set(JSON.stringify(key), null);
  }

  clear(table: TableName): void {
    this.note(table, '*');
    for (const name of this.disk.table(table).keys()) this.writes(table).set(name, null);
    for (const name of this.writes(table).keys()) this.writes(table).set(name, null);
  }

  private found(table: TableName, range: Range): Entry[] {
    const on = range.index ? TABLES[table].indexes?.[range.index]?.on : undefined;
    const hits: { at: StoreKey; entry: Entry }[] = [];
    for (const entry of this.living(table))
      for (const at of on ? valuesAt(entry.row, on) : [entry.key])
        if (within(at, range)) hits.push({ at, entry });
    hits.sort((a, b) => compareKeys(a.at, b.at) || compareKeys(a.entry.key, b.entry.key));
    return hits.map(({ entry }) => entry);
  }

  private living(table: TableName): Entry[] {
    const own = this.written.get(table);
    const rows: Entry[] = [];
    for (const [name, entry] of this.disk.table(table)) if (!own?.has(name)) rows.push(entry);
    for (const entry of own?.values() ?? []) if (entry) rows.push(entry);
    return rows;
  }

  private entry(table: TableName, name: string): Entry | undefined {
    const own = this.written.get(table);
    return own?.has(name) ? (own.get(name) ?? undefined) : this.disk.table(table).get(name);
  }

  private writes(table: TableName): Map<string, Entry | null> {
    const writes = this.written.get(table) ?? new Map<string, Entry | null>();
    this.written.set(table, writes);
    return writes;
  }

  private note(table: string, kind: string | undefined) {
    this.tables.add(table);
    if (kind) this.kinds.add(kind);
  }
}

/** As a database gives a row: nobody else holds what one may change. Bytes are shared, because
 * nothing writes into them; the browser's own clone costs more than the engine. */
function copied(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(copied);
  if (value instanceof ArrayBuffer || ArrayBuffer.isView(value)) return value;
  const copy: Record<string, unknown> = {};
  for (const key in value) copy[key] = copied((value as Record<string, unknown>)[key]);
  return copy;
}

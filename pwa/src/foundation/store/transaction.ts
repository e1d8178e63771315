// One IndexedDB transaction behind the Tx port: requests in, promises out, and a note of what was
// touched so that screens know when to look again.

import type { Range, Tx } from '@/foundation/ports';
import type { Keys, Rows, TableName } from '@/foundation/store/tables';

export class IndexedTx implements Tx {
  readonly tables = new Set<string>();
  readonly kinds = new Set<string>();

  constructor(
    private readonly transaction: IDBTransaction,
    private readonly keyRange: typeof IDBKeyRange,
  ) {}

  get<T extends TableName>(table: T, key: Keys[T]): Promise<Rows[T] | undefined> {
    return answerOf(this.transaction.objectStore(table).get(key));
  }

  all<T extends TableName>(table: T, range: Range = {}): Promise<Rows[T][]> {
    const source = this.source(table, range);
    const bounds = this.bounds(range);
    if (!range.newestFirst) return answerOf(source.getAll(bounds, range.limit));
    return walkBack(source.openCursor(bounds, 'prev'), range.limit ?? Number.POSITIVE_INFINITY);
  }

  count(table: TableName, range: Range = {}): Promise<number> {
    return answerOf(this.source(table, range).count(this.bounds(range)));
  }

  put<T extends TableName>(table: T, row: Rows[T]): void {
    this.note(table, (row as { kind?: string }).kind);
    this.transaction.objectStore(table).put(row);
  }

  remove<T extends TableName>(table: T, key: Keys[T]): void {
    this.note(table, Array.isArray(key) ? key[0] : undefined);
    this.transaction.objectStore(table).delete(key as IDBValidKey);
  }

  clear(table: TableName): void {
    this.note(table, '*');
    this.transaction.objectStore(table).clear();
  }

  private note(table: string, kind: string | undefined) {
    this.tables.add(table);
    if (kind) this.kinds.add(kind);
  }

  private source(table: TableName, range: Range): IDBObjectStore | IDBIndex {
    const store = this.transaction.objectStore(table);
    return range.index ? store.index(range.index) : store;
  }

  private bounds(range: Range): IDBKeyRange | undefined {
    if (range.only !== undefined) return this.keyRange.only(range.only);
    if (range.from !== undefined && range.to !== undefined)
      return this.keyRange.bound(range.from, range.to);
    if (range.from !== undefined) return this.keyRange.lowerBound(range.from);
    if (range.to !== undefined) return this.keyRange.upperBound(range.to);
    return undefined;
  }
}

function answerOf<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

function walkBack<T>(request: IDBRequest<IDBCursorWithValue | null>, limit: number): Promise<T[]> {
  const rows: T[] = [];
  return new Promise((resolve, reject) => {
    request.onerror = () => reject(request.error);
    request.onsuccess = () => {
      const cursor = request.result;
      if (cursor) rows.push(cursor.value as T);
      if (!cursor || rows.length >= limit) resolve(rows);
      else cursor.continue();
    };
  });
}

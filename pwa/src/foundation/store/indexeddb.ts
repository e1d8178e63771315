// IndexedDB behind the Store port.
//
// Promises: a write either happened whole and, when strict, was asked to be on the medium, or it
// was rejected. Against: connections that WebKit drops while the page is in the background
// ("Connection to Indexed Database server lost"), pages frozen with a transaction open, another
// tab that brings a newer schema. The connection is closed on freeze and pagehide, reopened on
// the next use, and a unit of work that met a lost connection is run once more. Not handled: a
// browser that lies about durability.

import type { Change, Durability, Store, Tx } from '@/foundation/ports';
import { ChangeNotes } from '@/foundation/store/changes';
import type { TableName } from '@/foundation/store/tables';
import { SCHEMA_VERSION, TABLES } from '@/foundation/store/tables';
import { IndexedTx } from '@/foundation/store/transaction';

export type Obstacle = 'blocked' | 'newer_version' | 'cannot_open';

export type Browser = {
  factory: IDBFactory;
  keyRange: typeof IDBKeyRange;
  channel?: (name: string) => BroadcastChannel;
  onObstacle?: (obstacle: Obstacle) => void;
};

const LOST = /UnknownError|InvalidStateError|TransactionInactiveError/;

export class IndexedStore implements Store {
  private opening: Promise<IDBDatabase> | null = null;
  private readonly notes: ChangeNotes;

  constructor(
    readonly name: string,
    private readonly browser: Browser,
  ) {
    this.notes = new ChangeNotes(browser.channel?.(name));
  }

  read<T>(tables: readonly TableName[], work: (tx: Tx) => Promise<T>): Promise<T> {
    return this.retrying(async () => (await this.run(tables, 'readonly', work)).answer);
  }

  async write<T>(
    tables: readonly TableName[],
    work: (tx: Tx) => Promise<T>,
    durability: Durability = 'strict',
  ): Promise<T> {
    const done = await this.retrying(() => this.run(tables, 'readwrite', work, durability));
    this.notes.tell(done.change);
    return done.answer;
  }

  onChange(listener: (change: Change) => void): () => void {
    return this.notes.listen(listener);
  }

  close(): void {
    const opening = this.opening;
    this.opening = null;
    opening?.then((db) => db.close()).catch(() => undefined);
  }

  async destroy(): Promise<void> {
    this.close();
    await new Promise<void>((resolve, reject) => {
      const asked = this.browser.factory.deleteDatabase(this.name);
      asked.onsuccess = () => resolve();
      asked.onerror = () => reject(asked.error);
    });
  }

  private async retrying<T>(attempt: () => Promise<T>): Promise<T> {
    try {
      return await attempt();
    } catch (error) {
      if (!isLost(error)) throw error;
      this.close();
      return attempt();
    }
  }

  private async run<T>(
    tables: readonly TableName[],
    mode: IDBTransactionMode,
    work: (tx: Tx) => Promise<T>,
    durability: Durability = 'relaxed',
  ): Promise<{ answer: T; change: Change }> {
    const db = await this.database();
    const transaction = db.transaction([...tables], mode, { durability });
    const ended = endOf(transaction);
    const tx = new IndexedTx(transaction, this.browser.keyRange);
    try {
      const answer = await work(tx);
      transaction.commit?.();
      await ended;
      return { answer, change: tx };
    } catch (error) {
      abort(transaction);
      await ended.catch(() => undefined);
      throw transaction.error ?? error;
    }
  }

  private database(): Promise<IDBDatabase> {
    this.opening ??= this.open().catch((error) => {
      this.opening = null;
      throw error;
    });
    return this.opening;
  }

  private open(): Promise<IDBDatabase> {
    return new Promise((resolve, reject) => {
      const asked = this.browser.factory.open(this.name, SCHEMA_VERSION);
      asked.onupgradeneeded = () => addMissing(asked.result, asked.transaction);
      asked.onblocked = () => this.browser.onObstacle?.('blocked');
      asked.onsuccess = () => resolve(this.guarded(asked.result));
      asked.onerror = () => {
        const newer = asked.error?.name === 'VersionError';
        this.browser.onObstacle?.(newer ? 'newer_version' : 'cannot_open');
        reject(asked.error);
      };
    });
  }

  private guarded(db: IDBDatabase): IDBDatabase {
    db.onclose = () => {
      this.opening = null;
    };
    db.onversionchange = () => {
      this.close();
      this.browser.onObstacle?.('newer_version');
    };
    return db;
  }
}

function addMissing(db: IDBDatabase, transaction: IDBTransaction | null) {
  for (const [name, shape] of Object.entries(TABLES)) {
    const store = db.objectStoreNames.contains(name)
      ? transaction?.objectStore(name)
      : db.createObjectStore(name, { keyPath: shape.key });
    for (const [index, { on, many }] of Object.entries(shape.indexes ?? {}))
      if (!store?.indexNames.contains(index))
        store?.createIndex(index, on, { multiEntry: many ?? false });
  }
}

function endOf(transaction: IDBTransaction): Promise<void> {
  const ended = new Promise<void>((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(transaction.error ?? new DOMException('', 'AbortError'));
  });
  ended.catch(() => undefined);
  return ended;
}

function abort(transaction: IDBTransaction) {
  try {
    transaction.abort();
  } catch {
    // It had ended by itself; its own error is reported.
  }
}

function isLost(error: unknown): boolean {
  const { name, message } = error as { name?: string; message?: string };
  return LOST.test(name ?? '') || /server lost|connection is closing/i.test(message ?? '');
}

// IndexedDB behind the Store port.
//
// Promises: a write either happened whole and, when strict, was asked to be on the medium, or it
// was rejected. Against: connections that WebKit drops while the page is in the background
// ("Connection to Indexed Database server lost"), pages frozen with a transaction open, another
// tab that brings a newer schema. The connection is closed on freeze and pagehide and reopened on
// the next use. A unit of work that met a lost connection is run once more on a new one, and when
// that is lost as well, once more through a new factory (renewal.ts). Not handled: a browser that
// lies about durability.

import type { Change, Durability, Store, Tx } from '@/foundation/ports';
import { ChangeNotes } from '@/foundation/store/changes';
import { StorageLost } from '@/foundation/store/own';
import type { TableName } from '@/foundation/store/tables';
import { SCHEMA_VERSION, TABLES } from '@/foundation/store/tables';
import { IndexedTx } from '@/foundation/store/transaction';

export type Obstacle = 'blocked' | 'newer_version' | 'cannot_open';

export type Browser = {
  factory: IDBFactory;
  keyRange: typeof IDBKeyRange;
  channel?: (name: string) => BroadcastChannel;
  /** Another way to the databases when this factory has lost them for good. */
  renew?: (dead: IDBFactory) => IDBFactory;
  /** Null: the obstacle of this database has been overcome. */
  /** How long after a deletion its files are merged, see scrub.ts. */
  merging_ms?: number;
  onObstacle?: (obstacle: Obstacle | null, database: string) => void;
};

const LOST = /UnknownError|InvalidStateError|TransactionInactiveError/;

export class IndexedStore implements Store {
  private opening: Promise<IDBDatabase> | null = null;
  private obstacle: Obstacle | null = null;
  /** Deleted, here or by another tab: nothing that comes late may make it anew, empty. */
  private gone = false;
  private factory: IDBFactory;
  private readonly notes: ChangeNotes;

  constructor(
    readonly name: string,
    private readonly browser: Browser,
  ) {
    this.factory = browser.factory;
    this.notes = new ChangeNotes(browser.channel?.(name));
  }

  read<T>(tables: readonly TableName[], work: (tx: Tx) => Promise<T>): Promise<T> {
    return this.retrying(async (db) => (await this.run(db, tables, 'readonly', work)).answer);
  }

  async write<T>(
    tables: readonly TableName[],
    work: (tx: Tx) => Promise<T>,
    durability: Durability = 'strict',
  ): Promise<T> {
    const done = await this.retrying((db) => this.run(db, tables, 'readwrite', work, durability));
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
    this.gone = true;
    this.close();
    await new Promise<void>((resolve, reject) => {
      const asked = this.factory.deleteDatabase(this.name);
      asked.onsuccess = () => resolve();
      asked.onerror = () => reject(asked.error);
    });
  }

  /** Others may have reopened or renewed meanwhile: only what this attempt used is given up. */
  private async retrying<T>(work: (db: IDBDatabase) => Promise<T>): Promise<T> {
    const { renew } = this.browser;
    for (let losses = 0; ; losses++) {
      const { factory } = this;
      const opening = this.database();
      try {
        return await work(await opening);
      } catch (error) {
        if (!isLost(error) || losses >= (renew ? 2 : 1)) return this.giveUp(error);
        if (this.opening === opening) this.close();
        if (renew && losses === 1 && this.factory === factory) this.factory = renew(factory);
      }
    }
  }

  private giveUp(error: unknown): never {
    if (this.opening === null && !isNewer(error) && !this.gone) this.tell('cannot_open');
    throw error;
  }

  private tell(obstacle: Obstacle | null) {
    if (obstacle !== this.obstacle) this.browser.onObstacle?.(obstacle, this.name);
    this.obstacle = obstacle;
  }

  private async run<T>(
    db: IDBDatabase,
    tables: readonly TableName[],
    mode: IDBTransactionMode,
    work: (tx: Tx) => Promise<T>,
    durability: Durability = 'relaxed',
  ): Promise<{ answer: T; change: Change }> {
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
    if (this.gone) return Promise.reject(new StorageLost());
    if (this.opening) return this.opening;
    const opening = this.open();
    this.opening = opening;
    // Only this connection is forgotten with its end: a newer one may have taken its place.
    const forget = () => {
      if (this.opening === opening) this.opening = null;
    };
    opening.then((db) => {
      db.onclose = forget;
    }, forget);
    return opening;
  }

  private open(): Promise<IDBDatabase> {
    return new Promise((resolve, reject) => {
      const asked = this.factory.open(this.name, SCHEMA_VERSION);
      asked.onupgradeneeded = () => addMissing(asked.result, asked.transaction);
      asked.onblocked = () => this.tell('blocked');
      asked.onsuccess = () => {
        this.tell(null);
        resolve(this.guarded(asked.result));
      };
      asked.onerror = () => {
        if (isNewer(asked.error)) this.tell('newer_version');
        reject(asked.error);
      };
    });
  }

  private guarded(db: IDBDatabase): IDBDatabase {
    db.onversionchange = ({ newVersion }) => {
      this.gone = newVersion === null;
      this.close();
      this.tell('newer_version');
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

const isNewer = (error: unknown): boolean =>
  (error as { name?: string } | null)?.name === 'VersionError';

function isLost(error: unknown): boolean {
  const { name, message } = error as { name?: string; message?: string };
  return LOST.test(name ?? '') || /server lost|connection is closing/i.test(message ?? '');
}

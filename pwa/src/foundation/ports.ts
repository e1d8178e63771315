// The edges of the engine. Everything that could differ between two runs of the same work comes
// in through here: what is stored, what time it is, which numbers are drawn, what the network
// says. In a browser these are IndexedDB, the clock, WebCrypto and fetch; under the simulator
// they are lists in memory and a scheduler with a seed. The engine above cannot tell.

import type { Keys, Rows, Sealed, TableName } from '@/foundation/store/tables';

export type { Sealed };

export type Range = {
  index?: string;
  only?: IDBValidKey;
  from?: IDBValidKey;
  to?: IDBValidKey;
  limit?: number;
  newestFirst?: boolean;
};

/** One transaction. Writes are queued at once and become real together, or not at all. Nothing
 * but these calls may be awaited inside: a browser closes the transaction behind any other. */
export interface Tx {
  get<T extends TableName>(table: T, key: Keys[T]): Promise<Rows[T] | undefined>;
  all<T extends TableName>(table: T, range?: Range): Promise<Rows[T][]>;
  count(table: TableName, range?: Range): Promise<number>;
  put<T extends TableName>(table: T, row: Rows[T]): void;
  remove<T extends TableName>(table: T, key: Keys[T]): void;
  clear(table: TableName): void;
}

export type Durability = 'strict' | 'relaxed';

export type Change = { tables: ReadonlySet<string>; kinds: ReadonlySet<string> };

export interface Store {
  /** `work` may run twice when the browser lost its database server in between. */
  read<T>(tables: readonly TableName[], work: (tx: Tx) => Promise<T>): Promise<T>;
  write<T>(
    tables: readonly TableName[],
    work: (tx: Tx) => Promise<T>,
    durability?: Durability,
  ): Promise<T>;
  onChange(listener: (change: Change) => void): () => void;
  close(): void;
  destroy(): Promise<void>;
}

export interface Clock {
  /** Wall time of this device in milliseconds: may be wrong, may jump. */
  now(): number;
  /** Milliseconds since this page began: never jumps, dies with the page. */
  mono(): number;
}

export interface Randomness {
  bytes(count: number): Uint8Array;
  /** In [0, 1). */
  fraction(): number;
}

export interface Vault {
  seal(bytes: Uint8Array): Promise<Sealed>;
  open(sealed: Sealed): Promise<Uint8Array>;
  sha256(bytes: Uint8Array): Promise<string>;
}

export interface Scheduler {
  /** Calls once after so many milliseconds; the answer cancels. */
  after(delay_ms: number, act: () => void): () => void;
}

export type NetworkRequest = {
  method: 'GET' | 'HEAD' | 'POST' | 'PATCH' | 'DELETE';
  path: string;
  headers: Record<string, string>;
  body?: Uint8Array | string;
  timeout_ms: number;
};

export type NetworkAnswer = {
  status: number;
  header(name: string): string | null;
  bytes: Uint8Array;
};

/** Rejects with NoAnswer when nothing trustworthy came back. */
export interface Network {
  send(request: NetworkRequest): Promise<NetworkAnswer>;
}

export class NoAnswer extends Error {
  override name = 'NoAnswer';
}

export interface Locks {
  /** Runs `work` while holding the lock; answers false at once when another tab holds it. */
  tryHold(name: string, work: () => Promise<void>): Promise<boolean>;
}

export type StorageRoom = { used: number; quota: number; persisted: boolean };

export interface Room {
  estimate(): Promise<StorageRoom | null>;
}

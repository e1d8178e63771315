// The Store port in memory, for the simulator: one disk that outlives its pages.
//
// A page is a connection. Killing it leaves its promises for ever unanswered, as a dead page does.
// Commits are remembered so that a kill can take back the last relaxed ones; a strict commit makes
// everything before it safe, as one log on a medium does. Transactions follow one another.

import type { Change, Durability, Store, Tx } from '@/foundation/ports';
import { ChangeNotes } from '@/foundation/store/changes';
import type { BytesRow, TableName } from '@/foundation/store/tables';
import { type Entry, MemoryTx } from '@/sim/transaction';

type Table = Map<string, Entry>;
type Undo = [table: TableName, name: string, before: Entry | undefined][];

/** Answers an error to make the commit fail with it: a full storage, a lost connection. */
export type Fault = (tables: readonly TableName[], durability: Durability) => Error | null;

export class MemoryDisk {
  private tables = new Map<TableName, Table>();
  private relaxed: Undo[] = [];
  private turn: Promise<unknown> = Promise.resolve();
  private connections = new Set<MemoryStore>();
  fault: Fault | null = null;
  /** Half steps of commits until every page dies: before a commit counts one, after it another. */
  fuse: number | null = null;
  /** A store that says "kept" too early: nothing is strict, whatever is asked. */
  lossy = false;
  /** How often each table changed, so that a look need not tell again what it told. */
  readonly changes = new Map<TableName, number>();
  /** Who holds which lock: locks are the origin's, not a page's. */
  readonly holders = new Map<string, unknown>();
  commits = 0;

  connect(): MemoryStore {
    const store = new MemoryStore(this);
    this.connections.add(store);
    return store;
  }

  /** Ends one page, or all of them, and takes back up to `lost` commits that were not strict. */
  kill(lost: number, page?: MemoryStore): number {
    for (const store of page ? [page] : [...this.connections]) {
      store.dead = true;
      this.connections.delete(store);
    }
    this.turn = Promise.resolve();
    let taken = 0;
    while (taken < lost && this.relaxed.length > 0) {
      for (const [table, name, before] of this.relaxed.pop()!.reverse())
        this.place(table, name, before);
      taken++;
    }
    return taken;
  }

  /** Lets `after` commits pass; the next `times` fail. Without a name: sound again. */
  failNext(name: string | undefined, times: number, after = 0): void {
    let left = name === undefined ? 0 : times + after;
    this.fault = () => (left-- > 0 && left < times ? new DOMException(name, name) : null);
  }

  /** No fault and no fuse any more. */
  mend(): void {
    this.fault = null;
    this.fuse = null;
  }

  /** True when the fuse has burnt down: every page over this disk is dead now. */
  burn(): boolean {
    if (this.fuse === null || this.fuse-- > 0) return false;
    this.fuse = null;
    this.kill(0);
    return true;
  }

  /** One byte of a stored photograph turns over. */
  rot(digest: string): void {
    for (const name of ['bytes', 'thumb'] as const) {
      const entry = this.table(name).get(JSON.stringify(digest));
      if (!entry) continue;
      const { id, sealed } = entry.row as BytesRow;
      const data = sealed.data.slice(0);
      new Uint8Array(data)[0]! ^= 1;
      this.place(name, JSON.stringify(digest), {
        ...entry,
        row: { id, sealed: { ...sealed, data } },
      });
    }
  }

  wipe(): void {
    for (const name of this.tables.keys()) this.count(name);
    this.tables = new Map();
    this.relaxed = [];
  }

  table(name: TableName): Table {
    const table = this.tables.get(name) ?? new Map<string, Entry>();
    this.tables.set(name, table);
    return table;
  }

  inTurn<T>(work: () => Promise<T>): Promise<T> {
    const next = this.turn.then(work, work);
    this.turn = next.catch(() => undefined);
    return next;
  }

  commit(tx: MemoryTx, durability: Durability): void {
    const undo: Undo = [];
    for (const [table, writes] of tx.written)
      for (const [name, entry] of writes) {
        undo.push([table, name, this.table(table).get(name)]);
        this.place(table, name, entry ?? undefined);
      }
    this.commits++;
    if (durability === 'strict' && !this.lossy) this.relaxed = [];
    else this.relaxed.push(undo);
  }

  told(change: Change): void {
    for (const store of this.connections) store.notes.tell(change);
  }

  private count(table: TableName) {
    this.changes.set(table, (this.changes.get(table) ?? 0) + 1);
  }

  private place(table: TableName, name: string, entry: Entry | undefined) {
    this.count(table);
    if (entry) this.table(table).set(name, entry);
    else this.table(table).delete(name);
  }
}

export class MemoryStore implements Store {
  readonly notes = new ChangeNotes();
  dead = false;

  constructor(private readonly disk: MemoryDisk) {}

  read<T>(_tables: readonly TableName[], work: (tx: Tx) => Promise<T>): Promise<T> {
    return this.alive(() => this.disk.inTurn(() => work(new MemoryTx(this.disk))));
  }

  write<T>(
    tables: readonly TableName[],
    work: (tx: Tx) => Promise<T>,
    durability: Durability = 'strict',
  ): Promise<T> {
    return this.alive(() =>
      this.disk.inTurn(async () => {
        const tx = new MemoryTx(this.disk);
        const answer = await work(tx);
        if (this.dead || this.disk.burn()) return answer;
        const fault = this.disk.fault?.(tables, durability);
        if (fault) throw fault;
        this.disk.commit(tx, durability);
        this.disk.told(tx);
        this.disk.burn();
        return answer;
      }),
    );
  }

  onChange(listener: (change: Change) => void): () => void {
    return this.notes.listen(listener);
  }

  close(): void {}

  async destroy(): Promise<void> {
    this.disk.wipe();
  }

  private async alive<T>(work: () => Promise<T>): Promise<T> {
    if (this.dead) return new Promise<T>(() => undefined);
    try {
      const answer = await work();
      return this.dead ? await new Promise<T>(() => undefined) : answer;
    } catch (error) {
      return this.dead ? await new Promise<T>(() => undefined) : Promise.reject(error);
    }
  }
}

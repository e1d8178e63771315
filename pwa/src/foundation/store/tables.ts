// The shape of one person's database. Record kinds are data, not tables: a new kind of record
// needs no upgrade here. Ids, states and times lie in the clear because they are indexed and
// counted; what people wrote, answered and photographed is sealed (`Kept`).

export type Sealed = { iv: Uint8Array; data: ArrayBuffer };
export type Key = [kind: string, id: string];
export type Body = Record<string, unknown>;
export type Kept = { clear: Body } | { sealed: Sealed };

export type MetaRow = { key: string; value: unknown };

export type ScopeRow = {
  id: string;
  cursor: number;
  /** Rows of an older generation are swept once a rebuilt scope has caught up. */
  generation: number;
  caught_up: boolean;
  /** Last time a check failed for this scope; a second rebuild waits for an hour. */
  rebuilt_at: number | null;
};

export type Membership = { ver: number; hash: string; generation: number };

export type RecRow = {
  kind: string;
  id: string;
  ver: number;
  rev: number;
  /** The server's life that counted this revision; after a restore it counts anew. */
  epoch: string;
  body: Kept;
  in: string[];
  members: Record<string, Membership>;
};

/** Server row with what is pending applied again. Present only while something is pending. */
export type LocalRow = {
  kind: string;
  id: string;
  ver: number;
  rev: number;
  body: Kept | null;
  pending: number;
  stamp: number;
  stale: boolean;
};

export type ClockReading = {
  off: number | null;
  err: number | null;
  age: number | null;
  boot: string;
  mono: number;
};

export type CommandRow = {
  seq: number;
  id: string;
  op: string;
  v: number;
  actor: string;
  rec: Key;
  base: number | null;
  group: string | null;
  tpl: [string, number] | null;
  saw: number;
  at: string;
  clk: ClockReading;
  args: Kept;
  blobs: string[];
  touches: string[];
  /** Successive unsent edits of one register are one command; null never coalesces. */
  register: string | null;
  /** Set in a strict transaction before the bytes leave: from then on the row is never changed. */
  attempts: number;
  /** Counts answers that blame this very command, not the line. */
  failures: number;
};

export type Outcome = 'applied' | 'merged' | 'conflict' | 'rejected' | 'escrowed';

export type SentRow = CommandRow & {
  outcome: Outcome;
  ver: number | null;
  rev: number | null;
  code: string | null;
  received_at: number;
  /** 1 once a whole pull has passed this verdict: the truth now contains it. Indexed, so a number. */
  settled: 0 | 1;
};

export type BlobState =
  | 'pending'
  | 'partial'
  | 'stored'
  | 'refused'
  | 'damaged'
  | 'pruned'
  | 'wanted'
  | 'held';

export type BlobRow = {
  /** Digest; a rendition fetched from the server is `digest@size`. */
  id: string;
  role: 'original' | 'thumb' | 'rendition';
  own: boolean;
  state: BlobState;
  size: number;
  type: string;
  refs: string[];
  thumb: string | null;
  url: string | null;
  offset: number;
  at: number;
  stored_at: number | null;
  /** The server's head when a whole pull had passed the arrival: a backup that holds this head holds
   * the photograph too. Null until then. */
  stored_ver: number | null;
  used_at: number;
  reason: string | null;
  failures: number;
};

export type BytesRow = { id: string; sealed: Sealed };

export type AttentionRow = {
  id: string;
  seq: number | null;
  at: number;
  status: 'merged' | 'conflict' | 'rejected' | 'escrowed' | 'damaged' | 'blob_refused' | 'engine';
  op: string | null;
  rec: Key | null;
  code: string;
  cls: string | null;
  facts: Kept | null;
  seen: boolean;
};

export type LogRow = { n: number; at: number; what: string; facts: Body };

export type Rows = {
  meta: MetaRow;
  scopes: ScopeRow;
  rec: RecRow;
  local: LocalRow;
  outbox: CommandRow;
  sent: SentRow;
  blob: BlobRow;
  bytes: BytesRow;
  thumb: BytesRow;
  attention: AttentionRow;
  log: LogRow;
};

export type TableName = keyof Rows;

export type Keys = {
  meta: string;
  scopes: string;
  rec: Key;
  local: Key;
  outbox: number;
  sent: number;
  blob: string;
  bytes: string;
  thumb: string;
  attention: string;
  log: number;
};

type Shape = { key: string | string[]; indexes?: Record<string, { on: string; many?: boolean }> };

export const TABLES: Record<TableName, Shape> = {
  meta: { key: 'key' },
  scopes: { key: 'id' },
  rec: { key: ['kind', 'id'], indexes: { in: { on: 'in', many: true } } },
  local: { key: ['kind', 'id'] },
  outbox: { key: 'seq', indexes: { touches: { on: 'touches', many: true } } },
  sent: {
    key: 'seq',
    indexes: { touches: { on: 'touches', many: true }, settled: { on: 'settled' } },
  },
  blob: { key: 'id', indexes: { state: { on: 'state' } } },
  bytes: { key: 'id' },
  thumb: { key: 'id' },
  attention: { key: 'id' },
  log: { key: 'n' },
};

/** Raised with every added table or index; upgrades only ever add. */
export const SCHEMA_VERSION = 1;

export const keyText = ([kind, id]: Key): string => `${kind}:${id}`;

export function keyOf(text: string): Key {
  const cut = text.indexOf(':');
  return [text.slice(0, cut), text.slice(cut + 1)];
}

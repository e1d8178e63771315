// What screens read: the server's rows with everything pending already applied.

import type { Live } from '@/foundation/live';
import { live } from '@/foundation/live';
import type { Phone } from '@/foundation/phone';
import type { Tx } from '@/foundation/ports';
import { reveal } from '@/foundation/store/keep';
import type { Body, Kept, Key, LocalRow, RecRow } from '@/foundation/store/tables';
import { keyText } from '@/foundation/store/tables';

export type Rec<B = Body> = {
  kind: string;
  id: string;
  ver: number;
  rev: number;
  body: B;
  /** Commands about this record that have not left the phone. */
  pending: number;
  buckets: string[];
};

/** All records of a kind. Unordered; a record this phone will lose is already missing. */
export const records = <B = Body>(kind: string): Live<Rec<B>[]> =>
  live({ tables: ['rec', 'local'], kinds: [kind] }, (phone) => readKind<B>(phone, kind));

export const record = <B = Body>(kind: string, id: string): Live<Rec<B> | null> =>
  live({ tables: ['rec', 'local'], kinds: [kind] }, (phone) => readOne<B>(phone, [kind, id]));

export const inBucket = <B = Body>(bucket: string, kind: string): Live<Rec<B>[]> =>
  live({ tables: ['rec', 'local'], kinds: [kind] }, async (phone) =>
    (await readKind<B>(phone, kind)).filter((row) => row.buckets.includes(bucket)),
  );

export async function readKind<B = Body>(phone: Phone, kind: string): Promise<Rec<B>[]> {
  const span = { from: [kind], to: [kind, []] };
  const [recs, locals] = await phone.store.read(['rec', 'local'], (tx) =>
    Promise.all([tx.all('rec', span), tx.all('local', span)]),
  );
  const overlaid = new Map(locals.map((local) => [local.id, local]));
  const rows: Pair[] = recs.map((rec) => ({ rec, local: overlaid.get(rec.id) }));
  const known = new Set(recs.map((rec) => rec.id));
  for (const local of locals) if (!known.has(local.id)) rows.push({ rec: undefined, local });
  const shown = await Promise.all(rows.map((pair) => show<B>(phone, pair)));
  return shown.filter((row): row is Rec<B> => row !== null);
}

export async function readOne<B = Body>(phone: Phone, key: Key): Promise<Rec<B> | null> {
  return show<B>(phone, await phone.store.read(['rec', 'local'], (tx) => pairOf(tx, key)));
}

type Pair = { rec: RecRow | undefined; local: LocalRow | undefined };

async function pairOf(tx: Tx, key: Key): Promise<Pair> {
  return { rec: await tx.get('rec', key), local: await tx.get('local', key) };
}

async function show<B>(phone: Phone, { rec, local }: Pair): Promise<Rec<B> | null> {
  const row = local ?? rec;
  if (!row?.body) return null;
  const body = (await open(phone, row, row.body)) as B;
  const buckets = rec?.in ?? [];
  return {
    kind: row.kind,
    id: row.id,
    ver: row.ver,
    rev: row.rev,
    body,
    pending: local?.pending ?? 0,
    buckets,
  };
}

// Opened bodies are remembered while this page lives, so that a list of a thousand is opened once
// and not at every change of one of them, nor once for each of two queries that run side by side:
// the promise is kept, not its value. A page that dies takes them along.
const OPENED_MAX = 4_000;
const opened = new WeakMap<Phone, Map<string, { stamp: string; body: Promise<Body> }>>();

function open(phone: Phone, row: RecRow | LocalRow, kept: Kept): Body | Promise<Body> {
  if ('clear' in kept) return kept.clear;
  const cache = opened.get(phone) ?? new Map<string, { stamp: string; body: Promise<Body> }>();
  opened.set(phone, cache);
  const name = keyText([row.kind, row.id]);
  const stamp = 'stamp' in row ? `l${row.stamp}` : `r${row.epoch}.${row.rev}.${row.ver}`;
  const known = cache.get(name);
  if (known?.stamp === stamp) return known.body;
  const body = reveal(phone.ports.vault, kept);
  if (cache.size >= OPENED_MAX) cache.clear();
  const mine = { stamp, body };
  cache.set(name, mine);
  // What could not be opened is tried again by the next who asks.
  body.catch(() => cache.get(name) === mine && cache.delete(name));
  return body;
}

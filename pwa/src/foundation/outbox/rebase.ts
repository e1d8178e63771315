// When the truth under a pending edit changes (a pull, a verdict, a dropped scope), the edit is
// applied again onto the new truth, in order. Commands the server has taken stay applied until a
// whole pull has passed their verdict, so that an answer never flickers back for a moment.
//
// A record that needs it is marked stale in the same transaction that changed the ground; a kill
// before the work below leaves the mark, and the next start finds it.

import type { Asked } from '@/foundation/catalogue';
import type { Phone } from '@/foundation/phone';
import type { Tx } from '@/foundation/ports';
import { keep, reveal } from '@/foundation/store/keep';
import type {
  Body,
  CommandRow,
  Kept,
  Key,
  LocalRow,
  RecRow,
  SentRow,
} from '@/foundation/store/tables';
import { keyOf, keyText } from '@/foundation/store/tables';

type Ground = {
  rec: RecRow | undefined;
  local: LocalRow | undefined;
  unsettled: SentRow[];
  outbox: CommandRow[];
};

const TRIES_MAX = 8;

/** To be called inside the transaction that changed the ground under these records. */
export async function markStale(tx: Tx, keys: Iterable<string>): Promise<void> {
  for (const text of new Set(keys)) {
    const local = await tx.get('local', keyOf(text));
    if (local && !local.stale) tx.put('local', { ...local, stale: true });
  }
}

export async function rebaseStale(phone: Phone): Promise<void> {
  const rows = await phone.store.read(['local'], (tx) => tx.all('local'));
  for (const row of rows) if (row.stale) await rebase(phone, [row.kind, row.id]);
}

async function rebase(phone: Phone, key: Key): Promise<void> {
  for (let tries = 0; tries < TRIES_MAX; tries++) {
    const ground = await phone.store.read(['rec', 'local', 'sent', 'outbox'], (tx) =>
      look(tx, key),
    );
    const body = await applied(phone, ground, key);
    const settled = await phone.store.write(
      ['rec', 'local', 'sent', 'outbox'],
      async (tx) => store(tx, key, ground, body),
      'relaxed',
    );
    if (settled) return;
  }
}

async function look(tx: Tx, key: Key): Promise<Ground> {
  const only = keyText(key);
  const sent = await tx.all('sent', { index: 'touches', only });
  return {
    rec: await tx.get('rec', key),
    local: await tx.get('local', key),
    unsettled: sent.filter((row) => row.settled === 0 && stands(row)),
    outbox: await tx.all('outbox', { index: 'touches', only }),
  };
}

/** Refused commands change nothing any more: their words wait in the attention tray. */
const stands = (row: SentRow): boolean => row.outcome === 'applied' || row.outcome === 'merged';

async function applied(phone: Phone, ground: Ground, key: Key): Promise<Kept | null | undefined> {
  const vault = phone.ports.vault;
  const rows = [
    ...ground.unsettled.filter((row) => !knows(ground.rec, row, key)),
    ...ground.outbox,
  ];
  if (rows.length === 0) return undefined;
  let body: Body | null | undefined = ground.rec && (await reveal(vault, ground.rec.body));
  for (const row of rows) body = phone.catalogue.apply(body, await asked(phone, row), key);
  return body && keep(vault, body, key[0]);
}

/** The pulled row may already hold what this command did. */
function knows(rec: RecRow | undefined, row: SentRow, key: Key): boolean {
  if (!rec) return false;
  if (keyText(row.rec) === keyText(key) && row.rev !== null) return rec.rev >= row.rev;
  return row.ver !== null && rec.ver >= row.ver;
}

async function asked(phone: Phone, row: CommandRow): Promise<Asked> {
  return { ...row, args: await reveal(phone.ports.vault, row.args) };
}

async function store(
  tx: Tx,
  key: Key,
  ground: Ground,
  body: Kept | null | undefined,
): Promise<boolean> {
  const now = await look(tx, key);
  if (fingerprint(now) !== fingerprint(ground)) return false;
  if (body === undefined) {
    tx.remove('local', key);
    if (now.rec && now.rec.in.length === 0 && now.outbox.length === 0) tx.remove('rec', key);
    return true;
  }
  const [kind, id] = key;
  const { ver, rev } = now.rec ?? { ver: 0, rev: 0 };
  const stamp = (now.local?.stamp ?? 0) + 1;
  tx.put('local', { kind, id, ver, rev, body, pending: now.outbox.length, stamp, stale: false });
  return true;
}

const fingerprint = ({ rec, local, unsettled, outbox }: Ground): string =>
  JSON.stringify([
    rec?.rev,
    rec?.ver,
    local?.stamp,
    unsettled.map((row) => row.seq),
    outbox.map((row) => [row.seq, row.at]),
  ]);

// The server's verdicts enter the store: command from outbox to sent, refusals to the attention
// tray, the record as the server now has it where it came along. One transaction per answer, so
// that a kill leaves it undone or done. A verdict that names another command than the one at its
// number is ignored: better sent twice than believed once too often.

import { markStale } from '@/foundation/outbox/rebase';
import type { Phone } from '@/foundation/phone';
import type { Tx } from '@/foundation/ports';
import { keep } from '@/foundation/store/keep';
import { getMeta, setMeta } from '@/foundation/store/meta';
import type {
  AttentionRow,
  Body,
  CommandRow,
  Kept,
  Key,
  Outcome,
  TableName,
} from '@/foundation/store/tables';
import { offered } from '@/sync/epoch';
import {
  applyLate,
  ERASED_TABLES,
  forgetBytes,
  isOfErased,
  knowsErasures,
  type Shown,
  sayErased,
  shownOn,
} from '@/sync/erasures';

export type Verdict = {
  id: string;
  seq: number;
  s: Outcome | 'duplicate';
  original?: Outcome;
  rev?: number | null;
  ver?: number | null;
  code?: string | null;
  cls?: string | null;
  facts?: Body | null;
  detail?: string | null;
  row?: [kind: string, id: string, ver: number, rev: number, body: Body] | null;
};

type Prepared = { verdict: Verdict; outcome: Outcome; facts: Kept; body: Kept | null };

export type Receipts = {
  /** Of the server's life that gave these verdicts. */
  epoch: string;
  verdicts: Verdict[];
  need: string[];
  durable: number | null;
};

const TABLES: TableName[] = ['outbox', 'sent', 'attention', 'rec', 'local', 'blob', 'meta'];
const LATE = 'record_erased';

/** How many commands left the outbox. */
export async function takeVerdicts(phone: Phone, receipts: Receipts): Promise<number> {
  const prepared = await Promise.all(receipts.verdicts.map((verdict) => prepare(phone, verdict)));
  const erasing = receipts.verdicts.some(({ code }) => code === LATE);
  const shown = erasing || (await knowsErasures(phone)) ? await shownOn(phone) : null;
  const tables = shown ? [...new Set([...TABLES, ...ERASED_TABLES])] : TABLES;
  return phone.store.write(tables, async (tx) => {
    if ((await getMeta(tx, 'epoch')) !== receipts.epoch) return 0;
    let taken = 0;
    for (const one of prepared) if (await takeOne(tx, one, shown, phone.now())) taken++;
    for (const digest of receipts.need) await offerAgain(tx, digest);
    if (receipts.durable !== null) {
      const durable = await getMeta(tx, 'durable');
      setMeta(tx, 'durable', Math.max(durable, receipts.durable));
    }
    return taken;
  });
}

async function prepare(phone: Phone, verdict: Verdict): Promise<Prepared> {
  const outcome = verdict.s === 'duplicate' ? (verdict.original ?? 'applied') : verdict.s;
  const facts: Body = { ...verdict.facts, detail: verdict.detail ?? null };
  const { vault } = phone.ports;
  return {
    verdict,
    outcome,
    facts: await keep(vault, facts, 'attention'),
    body: verdict.row ? await keep(vault, verdict.row[4], verdict.row[0]) : null,
  };
}

async function takeOne(
  tx: Tx,
  { verdict, outcome, facts, body }: Prepared,
  shown: Shown | null,
  now: number,
): Promise<boolean> {
  const row = await tx.get('outbox', verdict.seq);
  if (row?.id !== verdict.id) return false;
  tx.remove('outbox', row.seq);
  if (shown && verdict.code === LATE) {
    await applyLate(tx, row, (verdict.facts?.of as Key | undefined) ?? row.rec, shown, now);
    await markStale(tx, row.touches);
    return true;
  }
  if (shown && (await isOfErased(tx, row))) {
    // Its answer was lost, and the record is erased since.
    await forgetBytes(tx, row, shown);
    if (outcome !== 'applied' && outcome !== 'merged') sayErased(tx, row.rec, now);
    await markStale(tx, row.touches);
    return true;
  }
  tx.put('sent', {
    ...row,
    outcome,
    ver: verdict.ver ?? null,
    rev: verdict.rev ?? null,
    code: verdict.code ?? null,
    received_at: now,
    settled: 0,
  });
  if (outcome !== 'applied') tx.put('attention', tray(row, verdict, outcome, { facts, now }));
  if (body) await showTruth(tx, verdict, body);
  await markStale(tx, row.touches);
  return true;
}

function tray(
  row: CommandRow,
  verdict: Verdict,
  status: Exclude<Outcome, 'applied'>,
  { facts, now }: { facts: Kept; now: number },
): AttentionRow {
  const { id, seq, op, rec } = row;
  const code = verdict.code ?? status;
  return { id, seq, at: now, status, op, rec, code, cls: verdict.cls ?? null, facts, seen: false };
}

/** Only a record that this phone holds already, and only if the server's is newer. */
async function showTruth(tx: Tx, verdict: Verdict, body: Kept): Promise<void> {
  const [kind, id, , rev] = verdict.row!;
  const rec = await tx.get('rec', [kind, id]);
  if (rec && rec.rev < rev) tx.put('rec', { ...rec, rev, body });
}

async function offerAgain(tx: Tx, digest: string): Promise<void> {
  const blob = await tx.get('blob', digest);
  if (blob?.own && blob.state === 'stored') tx.put('blob', offered(blob));
}

// A command that the server cannot carry out (its fault, 5xx) must not stop what stands behind it.
//
// The batch is asked again, then taken apart until the guilty command stands alone; that one is
// handed over as raw bytes (escrow), and if even this is refused its number is filled with a command
// that does nothing while its words stay in the attention tray.

import { BATCH_FAILURES_MAX, COMMAND_FAILURES_MAX, ESCROW_CUTS_MAX } from '@/foundation/limits';
import { NoAnswer } from '@/foundation/ports';
import { keep, reveal } from '@/foundation/store/keep';
import { note } from '@/foundation/store/log';
import type { CommandRow } from '@/foundation/store/tables';
import { noop, rawOf } from '@/sync/envelope';
import { type Line, Refused } from '@/sync/line';
import { takeVerdicts, type Verdict } from '@/sync/verdicts';

type EscrowAnswer = { epoch: string; results: Verdict[] };

/** How many commands left the outbox; throws while it is better to wait and ask again. */
export async function suspect(line: Line, rows: CommandRow[], error: Refused): Promise<number> {
  const failures = await countFailure(line, rows[0]!);
  if (failures < BATCH_FAILURES_MAX) throw error;
  if (rows.length > 1) {
    line.batch_max = Math.ceil(rows.length / 2);
    return 0;
  }
  if (failures < COMMAND_FAILURES_MAX) throw error;
  return handOver(line, rows[0]!);
}

async function countFailure(line: Line, head: CommandRow): Promise<number> {
  return line.phone.store.write(['outbox'], async (tx) => {
    const row = await tx.get('outbox', head.seq);
    if (!row) return 0;
    tx.put('outbox', { ...row, failures: row.failures + 1 });
    return row.failures + 1;
  });
}

async function handOver(line: Line, row: CommandRow): Promise<number> {
  const { phone } = line;
  await note(phone, 'escrow', { op: row.op, seq: row.seq });
  try {
    const { id, seq, op } = row;
    const raw = await rawOf(phone, row);
    const { said } = await line.ask<EscrowAnswer>('/v1/sync/escrow', {
      id,
      seq,
      op,
      raw,
    });
    const kept = said.results.find((verdict) => verdict.seq === seq);
    if (!kept) throw new NoAnswer('the escrow did not name the command');
    // Its answer may only have been lost: what was decided before stands, and nobody need look.
    const decided = kept.s === 'duplicate' && kept.code !== 'escrowed';
    const verdict = decided
      ? { ...kept, id }
      : { ...kept, id, s: 'escrowed' as const, cls: 'needs_person' };
    return await takeVerdicts(phone, {
      epoch: said.epoch,
      verdicts: [verdict],
      need: [],
      durable: null,
    });
  } catch (error) {
    if (!(error instanceof Refused) || error.status >= 500 || error.isPassing) throw error;
    if (error.status === 401 || error.status === 403) throw error;
    // Base64 in plain JSON can always be read: the line cut it short. The next try may get through;
    // where none does, what stands behind it must not wait for ever.
    const tries = row.failures + 1 - COMMAND_FAILURES_MAX;
    if (error.code === 'body_unreadable' && tries < ESCROW_CUTS_MAX) throw error;
    await stepOver(line, row, error.code);
    return 0;
  }
}

/** The words stay here, sealed, in the attention tray; the number is filled. */
async function stepOver(line: Line, row: CommandRow, code: string | null): Promise<void> {
  const { phone } = line;
  const { vault } = phone.ports;
  const kept = { op: row.op, args: await reveal(vault, row.args) };
  const facts = await keep(vault, { asked: kept }, 'attention');
  const { id, op, rec } = row;
  await phone.store.write(['outbox', 'attention', 'local'], async (tx) => {
    tx.put('outbox', noop(phone, row.seq));
    const why = { status: 'rejected' as const, code: code ?? 'stuck', cls: 'needs_person' };
    tx.put('attention', { id, op, rec, facts, seq: null, at: phone.now(), seen: false, ...why });
    for (const local of await tx.all('local')) tx.put('local', { ...local, stale: true });
  });
}

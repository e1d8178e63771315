// Pushes the outbox, in order, until it is empty.
//
// Promises: the queue always moves. A refusal is a verdict like any other. A batch that the server
// cannot carry out (its fault, 5xx) is asked again, then taken apart until the guilty command
// stands alone; that one is handed over as raw bytes (escrow), and if even this is refused its
// number is filled with a command that does nothing while its words stay in the attention tray.
// Before any byte leaves, the rows are marked in a strict transaction: what may have left never
// changes again. Answers lost on the way cost a repeat, nothing else.

import { heardAt } from '@/foundation/clock/offset';
import { BATCH_BYTES_MAX, BATCH_COMMANDS_MAX } from '@/foundation/limits';
import { rebaseStale } from '@/foundation/outbox/rebase';
import { NoAnswer } from '@/foundation/ports';
import { note } from '@/foundation/store/log';
import { getMeta } from '@/foundation/store/meta';
import { requireOwn } from '@/foundation/store/own';
import type { Body, CommandRow } from '@/foundation/store/tables';
import { envelope, noop } from '@/sync/envelope';
import { fillHoles, moveUp, sendAgain } from '@/sync/epoch';
import { hello } from '@/sync/hello';
import { type Line, Refused } from '@/sync/line';
import { suspect } from '@/sync/poison';
import { takeVerdicts, type Verdict } from '@/sync/verdicts';

/** What an envelope weighs around its arguments. */
const ENVELOPE_BYTES = 520;

/** A gap that stays open after this many repairs waits for the next pass. */
const GAPS_MAX = 2;

type PushAnswer = Body & {
  epoch: string;
  t1: number;
  t2: number;
  results: Verdict[];
  need?: string[];
  durable?: number;
  gap?: { expected: number } | null;
};

/** True when the server took at least one command. */
export async function pushAll(line: Line): Promise<boolean> {
  let moved = false;
  for (;;) {
    const batch = await nextBatch(line);
    if (batch.length === 0) return moved;
    const taken = await pushBatch(line, batch);
    if (taken > 0) {
      moved = true;
      line.batch_max *= 2;
      await rebaseStale(line.phone);
    }
  }
}

/** Chooses and marks in one strict transaction: an edit typed in between finds the row marked and
 * takes a row of its own. */
async function nextBatch(line: Line): Promise<CommandRow[]> {
  return line.phone.store.write(['outbox', 'meta'], async (tx) => {
    await requireOwn(tx, line.phone);
    const limits = await getMeta(tx, 'limits');
    const most = Math.min(limits.batch ?? BATCH_COMMANDS_MAX, Math.floor(line.batch_max));
    const rows = await tx.all('outbox', { limit: BATCH_COMMANDS_MAX + 1 });
    const batch = fitting(rows, Math.max(1, most), limits.bytes ?? BATCH_BYTES_MAX);
    for (const row of batch) tx.put('outbox', { ...row, attempts: row.attempts + 1 });
    return batch;
  });
}

/** A group travels whole, unless it alone is more than a batch may hold. */
function fitting(rows: CommandRow[], most: number, bytes_max: number): CommandRow[] {
  let bytes = 0;
  let end = 0;
  while (end < Math.min(most, rows.length)) {
    bytes += bytesOf(rows[end]!);
    if (bytes > bytes_max && end > 0) break;
    end++;
  }
  let cut = end;
  while (cut > 0 && rows[cut]?.group && rows[cut]?.group === rows[cut - 1]?.group) cut--;
  return rows.slice(0, cut > 0 ? cut : end);
}

function bytesOf(row: CommandRow): number {
  const args = 'sealed' in row.args ? row.args.sealed.data.byteLength : 512;
  return args + ENVELOPE_BYTES + row.blobs.length * 70;
}

async function pushBatch(line: Line, rows: CommandRow[]): Promise<number> {
  const { phone } = line;
  const commands = await Promise.all(rows.map((row) => envelope(phone, row)));
  const { epoch, saw } = await phone.store.read(['meta'], async (tx) => ({
    epoch: (await getMeta(tx, 'epoch')) ?? '',
    saw: await getMeta(tx, 'head'),
  }));
  const question = { device: phone.device, epoch, sent_at: phone.moment(), saw, commands };
  try {
    const { said, t0, t3 } = await line.ask<PushAnswer>('/v1/sync/push', question);
    await heardAt(phone, { t0, t1: said.t1, t2: said.t2, t3 });
    return await receive(line, rows, said);
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    return refused(line, rows, error);
  }
}

async function receive(line: Line, rows: CommandRow[], said: PushAnswer): Promise<number> {
  const { phone } = line;
  const { epoch, results: verdicts, need = [], durable = null } = said;
  const receipts = { epoch, verdicts, need, durable };
  for (const digest of need) line.wanted.add(digest);
  const taken = await takeVerdicts(phone, receipts);
  if (taken > 0) line.gaps = 0;
  if (said.gap && line.gaps++ < GAPS_MAX) await closeGap(line, said.gap.expected);
  else if (taken === 0 && (await isWaiting(line, rows[0]!)))
    throw new NoAnswer('an answer without verdicts');
  return taken;
}

/** Not when another tab has taken its verdict meanwhile. */
async function isWaiting(line: Line, { seq, id }: CommandRow): Promise<boolean> {
  const row = await line.phone.store.read(['outbox'], (tx) => tx.get('outbox', seq));
  return row?.id === id;
}

/** The server expects an older number: it is sent again, or its place filled. */
async function closeGap(line: Line, expected: number): Promise<void> {
  const { phone } = line;
  await note(phone, 'gap', { expected });
  await phone.store.write(['outbox', 'sent', 'local', 'attention', 'meta'], async (tx) => {
    await sendAgain(tx, expected - 1);
    await moveUp(tx, expected);
    await fillHoles(tx, expected, (seq) => noop(phone, seq));
  });
}

async function refused(line: Line, rows: CommandRow[], error: Refused): Promise<number> {
  if (error.status === 409 && error.code === 'epoch_changed') {
    await hello(line);
    return 0;
  }
  if (error.status === 413 && rows.length > 1) {
    line.batch_max = Math.ceil(rows.length / 2);
    return 0;
  }
  const blamed = error.status === 413 || error.status === 422 || error.status === 400;
  if (error.isPassing || (error.status < 500 && !blamed)) throw error;
  return suspect(line, rows, error);
}

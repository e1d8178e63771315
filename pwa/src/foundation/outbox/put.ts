// A person's edit becomes real here.
//
// Promises: the command, its place in the order, what the screen shows and the photographs it
// names are one strict transaction: after a kill there is all of it or nothing, and the order has
// no holes. Everything is sealed before the transaction opens, because a browser closes a
// transaction behind any other wait; what was read to make the preview is compared inside it, and
// the edit is prepared again when another tab was faster. Against: kills at any point, two tabs, a
// browser that loses its database server after the commit (the edit is then found, not repeated).
// Not handled: a storage that is full, broken or was taken away. The edit is refused, whoever made it:
// the screen has moved on by then, so the shell says it (onEdit); what lies in the outbox stays whole.

import type { Asked, Command } from '@/foundation/catalogue';
import { readingOf } from '@/foundation/clock/offset';
import type { Captured } from '@/foundation/evidence/captured';
import { keepEvidence } from '@/foundation/evidence/captured';
import { coalesce } from '@/foundation/outbox/coalesce';
import type { Guessed, View } from '@/foundation/outbox/guess';
import { guessAll, Moved, storeGuess, viewOf } from '@/foundation/outbox/guess';
import type { Phone } from '@/foundation/phone';
import type { Tx } from '@/foundation/ports';
import { keep } from '@/foundation/store/keep';
import { getMeta, setMeta } from '@/foundation/store/meta';
import { requireOwn } from '@/foundation/store/own';
import type { CommandRow, Key, TableName } from '@/foundation/store/tables';
import { keyText } from '@/foundation/store/tables';

export type Receipt = { id: string; seq: number };

const TABLES: TableName[] = ['meta', 'rec', 'local', 'outbox', 'blob', 'bytes', 'thumb'];
const TRIES_MAX = 8;

/** Several commands become one group: the server applies all of them or none. */
export function put(
  phone: Phone,
  asked: Command | Command[],
  evidence: Captured[] = [],
): Promise<Receipt[]> {
  const commands = [asked].flat();
  return phone.inTurn(async () => {
    await phone.catalogue.whole();
    const named = name(phone, commands);
    for (let tries = 1; ; tries++) {
      try {
        const receipts = await attempt(phone, named, evidence);
        phone.onEdit(null);
        phone.onWork();
        return receipts;
      } catch (error) {
        if (error instanceof Moved && tries < TRIES_MAX) continue;
        phone.onEdit(error);
        throw error;
      }
    }
  });
}

function name(phone: Phone, commands: Command[]): Asked[] {
  const at = phone.moment();
  const group = commands.length > 1 ? phone.newId() : null;
  return commands.map((command) => ({
    ...command,
    id: command.id ?? phone.newId(),
    group: command.group ?? group,
    actor: phone.person.id,
    at,
  }));
}

async function attempt(phone: Phone, commands: Asked[], evidence: Captured[]): Promise<Receipt[]> {
  const keys = commands.flatMap((command) => phone.catalogue.touches(command));
  const seen = await phone.store.read(['meta', 'rec', 'local'], async (tx) => ({
    views: await viewOf(tx, keys),
    clock: await getMeta(tx, 'clock'),
    head: await getMeta(tx, 'head'),
  }));
  const guesses = await guessAll(phone, seen.views, commands);
  const clk = readingOf(phone, seen.clock);
  const rows = await Promise.all(
    commands.map((command) => rowOf(phone, command, { saw: seen.head, clk, views: seen.views })),
  );
  return phone.store.write(TABLES, async (tx) => {
    await requireOwn(tx, phone);
    return commit(tx, rows, guesses, evidence, phone.now());
  });
}

async function commit(
  tx: Tx,
  rows: CommandRow[],
  guesses: Guessed[],
  evidence: Captured[],
  now: number,
): Promise<Receipt[]> {
  const sequence = await getMeta(tx, 'sequence');
  const last = rows.at(-1)!;
  if (sequence.last_id === last.id) return numbered(rows, sequence.next - rows.length);
  const merged = rows.length === 1 ? await coalesce(tx, last) : null;
  for (const guess of guesses) await storeGuess(tx, merged ? { ...guess, added: 0 } : guess);
  for (const captured of evidence) await keepEvidence(tx, captured, now);
  if (merged) return [{ id: merged.id, seq: merged.seq }];
  const receipts = numbered(rows, sequence.next);
  rows.forEach((row, place) => {
    tx.put('outbox', { ...row, seq: receipts[place]!.seq });
  });
  setMeta(tx, 'sequence', { next: sequence.next + rows.length, last_id: last.id });
  return receipts;
}

const numbered = (rows: CommandRow[], first: number): Receipt[] =>
  rows.map((row, place) => ({ id: row.id, seq: first + place }));

type Seen = Pick<CommandRow, 'saw' | 'clk'> & { views: Map<string, View> };

async function rowOf(phone: Phone, command: Asked, seen: Seen): Promise<CommandRow> {
  const known = seen.views.get(keyText(command.rec));
  return {
    seq: 0,
    id: command.id,
    op: command.op,
    v: command.v ?? phone.catalogue.version(command.op),
    actor: command.actor,
    rec: command.rec,
    base: command.base === undefined ? (known?.rec?.rev ?? null) : command.base,
    group: command.group ?? null,
    tpl: command.tpl ?? null,
    saw: seen.saw,
    at: command.at,
    clk: seen.clk,
    args: await keep(phone.ports.vault, command.args, command.rec[0]),
    blobs: command.blobs ?? [],
    touches: unique(phone.catalogue.touches(command)),
    register: command.group ? null : phone.catalogue.register(command),
    attempts: 0,
    failures: 0,
  };
}

const unique = (keys: Key[]): string[] => [...new Set(keys.map(keyText))];

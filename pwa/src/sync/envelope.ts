// A stored command as it travels. The row is revealed, never rewritten: the same row makes the
// same bytes for ever, which is what lets the server tell a repeat from another command.

import { base64, utf8 } from '@/foundation/ids';
import type { Phone } from '@/foundation/phone';
import { reveal } from '@/foundation/store/keep';
import type { Body, CommandRow } from '@/foundation/store/tables';

export async function envelope(phone: Phone, row: CommandRow): Promise<Body> {
  const { id, seq, op, v, actor, rec, base, group, tpl, saw, at, clk, blobs } = row;
  const { off, err, age, boot, mono } = clk;
  const known = off === null ? {} : { off, err, age };
  return {
    id,
    seq,
    op,
    v,
    actor,
    rec,
    base,
    group,
    ...(tpl ? { tpl } : {}),
    saw,
    at,
    clk: { ...known, boot, mono },
    args: await reveal(phone.ports.vault, row.args),
    blobs,
  };
}

/** For the escrow: bytes that nobody has to understand today. */
export const rawOf = async (phone: Phone, row: CommandRow): Promise<string> =>
  base64(utf8(JSON.stringify(await envelope(phone, row))));

/** Takes a number and does nothing. */
export function noop(phone: Phone, seq: number): CommandRow {
  return {
    seq,
    id: phone.newId(),
    op: 'noop',
    v: 1,
    actor: phone.person.id,
    rec: ['noop', phone.device],
    base: null,
    group: null,
    tpl: null,
    saw: 0,
    at: phone.moment(),
    clk: { off: null, err: null, age: null, boot: phone.page, mono: 0 },
    args: { clear: {} },
    blobs: [],
    touches: [],
    register: null,
    attempts: 1,
    failures: 0,
  };
}

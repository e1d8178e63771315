// The whole of one person's database, opened, for the scheduler's judges.

import type { Phone } from '@/foundation/phone';
import { reveal } from '@/foundation/store/keep';
import type { Kept, Sealed } from '@/foundation/store/tables';

export async function dump(phone: Phone): Promise<unknown> {
  const open = async (kept: Kept | null) => kept && reveal(phone.ports.vault, kept);
  const all = await phone.store.read(
    ['meta', 'scopes', 'rec', 'local', 'outbox', 'sent', 'blob', 'bytes', 'thumb', 'attention'],
    async (tx) => ({
      meta: await tx.all('meta'),
      scopes: await tx.all('scopes'),
      rec: await tx.all('rec'),
      local: await tx.all('local'),
      outbox: await tx.all('outbox'),
      sent: await tx.all('sent'),
      blob: await tx.all('blob'),
      bytes: await tx.all('bytes'),
      thumb: await tx.all('thumb'),
      attention: await tx.all('attention'),
    }),
  );
  return {
    meta: Object.fromEntries(all.meta.map(({ key, value }) => [key, value])),
    scopes: all.scopes,
    rec: await each(all.rec, async (row) => ({ ...row, body: await open(row.body) })),
    local: await each(all.local, async (row) => ({ ...row, body: await open(row.body) })),
    outbox: await each(all.outbox, async (row) => ({ ...row, args: await open(row.args) })),
    sent: await each(all.sent, async (row) => ({ ...row, args: await open(row.args) })),
    blob: all.blob,
    bytes: await each(all.bytes, async ({ id, sealed }) => [id, await digestOf(phone, sealed)]),
    thumb: await each(all.thumb, async ({ id, sealed }) => [id, await digestOf(phone, sealed)]),
    attention: await each(all.attention, async (row) => ({ ...row, facts: await open(row.facts) })),
  };
}

const digestOf = async (phone: Phone, sealed: Sealed): Promise<string> =>
  phone.ports.vault.sha256(await phone.ports.vault.open(sealed));

const each = <T, U>(rows: T[], turn: (row: T) => Promise<U>): Promise<U[]> =>
  Promise.all(rows.map(turn));

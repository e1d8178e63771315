// The whole of one person's database, opened, for the scheduler's judges.

import type { Phone } from '@/foundation/phone';
import { reveal } from '@/foundation/store/keep';
import type { Kept } from '@/foundation/store/tables';

export async function dump(phone: Phone): Promise<unknown> {
  const open = async (kept: Kept | null) => kept && reveal(phone.ports.vault, kept);
  const all = await phone.store.read(
    ['meta', 'scopes', 'rec', 'local', 'outbox', 'sent', 'blob', 'bytes', 'attention'],
    async (tx) => ({
      meta: await tx.all('meta'),
      scopes: await tx.all('scopes'),
      rec: await tx.all('rec'),
      local: await tx.all('local'),
      outbox: await tx.all('outbox'),
      sent: await tx.all('sent'),
      blob: await tx.all('blob'),
      bytes: await tx.all('bytes'),
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
    bytes: all.bytes.map(({ id }) => id),
    attention: await each(all.attention, async (row) => ({ ...row, facts: await open(row.facts) })),
  };
}

const each = <T, U>(rows: T[], turn: (row: T) => Promise<U>): Promise<U[]> =>
  Promise.all(rows.map(turn));

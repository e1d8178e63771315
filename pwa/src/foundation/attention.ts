// What needs a person: refused and conflicting commands, photographs that cannot be sent as they
// are. Their words and bytes stay on the phone until somebody has dealt with them.

import type { Live } from '@/foundation/live';
import { live } from '@/foundation/live';
import { phone as currentPhone, type Phone } from '@/foundation/phone';
import { reveal } from '@/foundation/store/keep';
import type { AttentionRow, Body, SentRow } from '@/foundation/store/tables';

export type Attention = Omit<AttentionRow, 'facts'> & {
  facts: Body;
  /** What the person had asked, to show it or to try again with a change. */
  asked: Body | null;
  /** Revision it was about, needed to send it again. */
  base: number | null;
};

export const attention = (): Live<Attention[]> => live({ tables: ['attention'] }, readAttention);

export const attentionCount = (): Live<number> =>
  live(
    { tables: ['attention'] },
    async (phone) =>
      (await phone.store.read(['attention'], (tx) => tx.all('attention'))).filter(isOpen).length,
  );

export async function readAttention(phone: Phone): Promise<Attention[]> {
  const pairs = await phone.store.read(['attention', 'sent'], async (tx) => {
    const rows = await tx.all('attention');
    const sent = rows.map((row) => (row.seq === null ? undefined : tx.get('sent', row.seq)));
    return Promise.all(rows.map(async (row, place) => ({ row, sent: await sent[place] })));
  });
  const shown = await Promise.all(pairs.map((pair) => show(phone, pair.row, pair.sent)));
  return shown.sort((a, b) => b.at - a.at);
}

/** The person has dealt with it (edited, resent or read it). */
export async function settleAttention(id: string, on: Phone = currentPhone()): Promise<void> {
  await on.store.write(['attention'], async (tx) => tx.remove('attention', id));
}

export async function markSeen(id: string, on: Phone = currentPhone()): Promise<void> {
  await on.store.write(['attention'], async (tx) => {
    const row = await tx.get('attention', id);
    if (row) tx.put('attention', { ...row, seen: true });
  });
}

async function show(
  phone: Phone,
  row: AttentionRow,
  sent: SentRow | undefined,
): Promise<Attention> {
  const vault = phone.ports.vault;
  return {
    ...row,
    facts: row.facts ? await reveal(vault, row.facts) : {},
    asked: sent ? await reveal(vault, sent.args) : null,
    base: sent?.base ?? null,
  };
}

const isOpen = (row: AttentionRow): boolean => row.status !== 'merged' || !row.seen;

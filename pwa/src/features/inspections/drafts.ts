// Notes written before their item has an answer: sealed like everything people write, gone when used.
import { phone } from '@/foundation/phone';
import { keep, reveal } from '@/foundation/store/keep';
import type { Kept } from '@/foundation/store/tables';

const keyOf = (round: string): string => `draft/${round}`;

export async function keepDraft(round: string, notes: Record<string, string>): Promise<void> {
  const on = phone();
  const value = await keep(on.ports.vault, notes, 'sheet');
  await on.store.write(['meta'], async (tx) => {
    if (Object.keys(notes).length > 0) tx.put('meta', { key: keyOf(round), value });
    else tx.remove('meta', keyOf(round));
  });
}

export async function readDraft(round: string): Promise<Record<string, string>> {
  const on = phone();
  const row = await on.store.read(['meta'], (tx) => tx.get('meta', keyOf(round)));
  return row ? ((await reveal(on.ports.vault, row.value as Kept)) as Record<string, string>) : {};
}

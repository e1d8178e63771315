// What a customer has answered so far: kept sealed, because the phone may lose the page while they
// think, and gone as soon as the consent itself is in the outbox.
import { phone } from '@/foundation/phone';
import { keep, reveal } from '@/foundation/store/keep';
import type { Kept } from '@/foundation/store/tables';
import type { ConsentAnswers } from '@/parts/consent';

export interface AskedSoFar {
  notice: string;
  /** the notice was read to its end */
  read: boolean;
  answers: ConsentAnswers;
}
const keyOf = (visit: string): string => `draft/visit/${visit}`;

export async function keepAsked(visit: string, asked: AskedSoFar | null): Promise<void> {
  const on = phone();
  const value = asked && (await keep(on.ports.vault, { ...asked }, 'visit_person'));
  await on.store.write(['meta'], async (tx) => {
    if (value) tx.put('meta', { key: keyOf(visit), value });
    else tx.remove('meta', keyOf(visit));
  });
}

export async function readAsked(visit: string): Promise<AskedSoFar | null> {
  const on = phone();
  const row = await on.store.read(['meta'], (tx) => tx.get('meta', keyOf(visit)));
  return row ? ((await reveal(on.ports.vault, row.value as Kept)) as unknown as AskedSoFar) : null;
}

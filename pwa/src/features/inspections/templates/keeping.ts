// An edition that is being typed lies on this device, sealed, until it is put in force.
import { phone } from '@/foundation/phone';
import { keep, reveal } from '@/foundation/store/keep';
import type { Kept } from '@/foundation/store/tables';
import type { NewEdition } from './edition';

const KEY = 'edition draft';

export async function keepEdition(draft: NewEdition): Promise<void> {
  const on = phone();
  const value = await keep(on.ports.vault, draft as never, 'edition_draft');
  await on.store.write(['meta'], async (tx) => tx.put('meta', { key: KEY, value }));
}

export async function keptEdition(): Promise<NewEdition | null> {
  const on = phone();
  const row = await on.store.read(['meta'], (tx) => tx.get('meta', KEY));
  return row ? ((await reveal(on.ports.vault, row.value as Kept)) as unknown as NewEdition) : null;
}

export const forget = (): Promise<void> =>
  phone().store.write(['meta'], async (tx) => tx.remove('meta', KEY));

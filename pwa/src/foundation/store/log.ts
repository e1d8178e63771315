// A ring of what the engine did, for the person who has to understand a phone from afar. It
// never holds what people wrote.

import { LOG_ROWS_MAX } from '@/foundation/limits';
import type { Phone } from '@/foundation/phone';
import { getMeta, setMeta } from '@/foundation/store/meta';
import type { Body } from '@/foundation/store/tables';

export async function note(phone: Phone, what: string, facts: Body = {}): Promise<void> {
  await phone.store.write(
    ['log', 'meta'],
    async (tx) => {
      const n = await getMeta(tx, 'log_next');
      tx.put('log', { n, at: phone.now(), what, facts });
      tx.remove('log', n - LOG_ROWS_MAX);
      setMeta(tx, 'log_next', n + 1);
    },
    'relaxed',
  );
}

// After a whole pull with head H, the truth on the phone contains everything the server decided
// up to H: the previews of those commands are let go.

import { markStale } from '@/foundation/outbox/rebase';
import type { Phone } from '@/foundation/phone';
import { setMeta } from '@/foundation/store/meta';

export async function settle(phone: Phone, head: number): Promise<void> {
  await phone.store.write(
    ['sent', 'local', 'meta'],
    async (tx) => {
      for (const row of await tx.all('sent', { index: 'settled', only: 0 })) {
        if (row.ver !== null && row.ver > head) continue;
        tx.put('sent', { ...row, settled: 1 });
        await markStale(tx, row.touches);
      }
      setMeta(tx, 'head', head);
    },
    'relaxed',
  );
}

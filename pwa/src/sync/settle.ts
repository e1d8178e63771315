// After a whole pull with head H, the truth on the phone contains everything the server decided
// up to H: the previews of those commands are let go, and photographs that had arrived before the
// pull was asked for are known to lie at or below H.

import { markStale } from '@/foundation/outbox/rebase';
import type { Phone } from '@/foundation/phone';
import { getMeta, setMeta } from '@/foundation/store/meta';

export async function settle(
  phone: Phone,
  { epoch, head }: { epoch: string; head: number },
  arrived: string[],
): Promise<void> {
  await phone.store.write(
    ['sent', 'local', 'meta', 'blob'],
    async (tx) => {
      if ((await getMeta(tx, 'epoch')) !== epoch) return;
      for (const row of await tx.all('sent', { index: 'settled', only: 0 })) {
        if (row.ver !== null && row.ver > head) continue;
        tx.put('sent', { ...row, settled: 1 });
        await markStale(tx, row.touches);
      }
      for (const id of arrived) {
        const blob = await tx.get('blob', id);
        if (blob?.state === 'stored') tx.put('blob', { ...blob, stored_ver: head });
      }
      setMeta(tx, 'head', head);
    },
    'relaxed',
  );
}

// How this person's records stand at the server, counted for the bar of the truth line.
import type { Live } from '@/foundation/live';
import { live } from '@/foundation/live';
import { readKind } from '@/foundation/reading';

export interface Standing {
  received: number;
  verified: number;
}

export const standing = (): Live<Standing> =>
  live({ tables: ['rec', 'local'] }, async (phone) => {
    const counted: Standing = { received: 0, verified: 0 };
    await phone.catalogue.whole();
    for (const [kind, stands] of phone.catalogue.standings)
      for (const row of await readKind(phone, kind)) {
        const at = row.pending > 0 ? undefined : stands(row.body, phone.person.id);
        if (at) counted[at] += 1;
      }
    return counted;
  });

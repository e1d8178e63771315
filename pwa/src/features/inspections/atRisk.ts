// Where the browser may clear this site by itself, one round at a time holds work that is nowhere
// else. What was handed in does not count: it goes out by itself, and cannot be written again.

import { mayBeCleared } from '@/foundation/browser';
import { live } from '@/foundation/live';
import type { Tx } from '@/foundation/ports';
import { readKind } from '@/foundation/reading';
import type { BlobState } from '@/foundation/store/tables';
import { keyText } from '@/foundation/store/tables';
import type { RoundBody } from './model';

type RoundRec = { id: string; body: Pick<RoundBody, 'state' | 'assignee' | 'outlet'> };

/** The round of this person that has to go out before `opening` may begin; null: it may. */
export const atRisk = (opening: string | null) =>
  live({ tables: ['rec', 'local', 'outbox', 'blob'] }, async (phone) => {
    if (!(await mayBeCleared())) return null;
    const unsent = await phone.store.read(['outbox', 'blob'], unsentRecords);
    const mine = (await readKind<RoundBody>(phone, 'round')).filter(
      ({ body }) => body.assignee === phone.person.id,
    );
    return firstAtRisk(mine, unsent, opening);
  });

export const firstAtRisk = (
  mine: RoundRec[],
  unsent: ReadonlySet<string>,
  opening: string | null,
): RoundRec | null =>
  mine.find(
    ({ id, body }) => id !== opening && body.state === 'open' && unsent.has(keyText(['round', id])),
  ) ?? null;

/** A photo that was refused or spoilt waits for a person and not for the line. */
const WAITS = new Set<BlobState>(['pending', 'partial']);

async function unsentRecords(tx: Tx): Promise<Set<string>> {
  const blobs = (await tx.all('blob')).filter((blob) => blob.own && WAITS.has(blob.state));
  const written = (await tx.all('outbox')).map((row) => keyText(row.rec));
  return new Set([...written, ...blobs.flatMap((blob) => blob.refs)]);
}

// What has not left this device, by record: for the truth line, the list of what waits, and sign-out.
import type { Live } from '@/foundation/live';
import { live } from '@/foundation/live';
import type { Phone } from '@/foundation/phone';
import type { BlobRow, Key } from '@/foundation/store/tables';
import { keyOf } from '@/foundation/store/tables';
import { wholeOf } from './contributions';

export interface Waiting {
  kind: string;
  id: string;
  commands: number;
  photos: number;
  /** of the photos' bytes, how much has arrived; null while none has moved */
  percent: number | null;
  since: number;
}

const HELD: ReadonlySet<BlobRow['state']> = new Set(['pending', 'partial', 'refused', 'damaged']);

export const unsent = (): Live<Waiting[]> => live({ tables: ['outbox', 'blob'] }, readUnsent);

export async function readUnsent(phone: Phone): Promise<Waiting[]> {
  const { outbox, blobs } = await phone.store.read(['outbox', 'blob'], async (tx) => ({
    outbox: await tx.all('outbox'),
    blobs: await tx.all('blob'),
  }));
  const found = new Map<string, Waiting & { size: number; sent: number }>();
  const entry = (rec: Key, since: number) => {
    const [kind, id] = wholeOf(rec);
    const key = `${kind}:${id}`;
    const known = found.get(key);
    if (known) {
      known.since = Math.min(known.since, since);
      return known;
    }
    const fresh = {
      kind,
      id,
      commands: 0,
      photos: 0,
      percent: null,
      since,
      size: 0,
      sent: 0,
    };
    found.set(key, fresh);
    return fresh;
  };
  for (const row of outbox) entry(row.rec, Date.parse(row.at)).commands += 1;
  for (const blob of blobs) {
    if (!blob.own || blob.role !== 'original' || !HELD.has(blob.state)) continue;
    const at = entry(keyOf(blob.refs[0] ?? 'photo:?'), blob.at);
    at.photos += 1;
    at.size += blob.size;
    at.sent += blob.offset;
  }
  return [...found.values()]
    .map(({ size, sent, ...rest }) => ({
      ...rest,
      percent: sent > 0 ? Math.floor((100 * sent) / size) : null,
    }))
    .sort((a, b) => a.since - b.since);
}

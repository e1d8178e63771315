// A browser under pressure may throw the whole storage of a site away while a page of it is open. The
// connection then opens an empty database under the same name, and a page that went on as if nothing
// had happened would count its commands from 1 again under a device id whose numbers the server
// knows. So every edit and every batch asks whether this is still the database that was signed in
// to. If it is not, nothing more is kept or sent until the person signs in again, which makes a new
// device; the old one stays in the server's list with what it had announced and not sent.

import type { Phone } from '@/foundation/phone';
import type { Tx } from '@/foundation/ports';
import { getMeta } from '@/foundation/store/meta';

export class StorageLost extends Error {
  override name = 'StorageLost';
}

/** Why the browser did not keep an edit, where a person can be told; null for a mistake of ours. */
export function refusalOf(error: unknown): 'full' | 'emptied' | null {
  if (error instanceof StorageLost) return 'emptied';
  return (error as { name?: string }).name === 'QuotaExceededError' ? 'full' : null;
}

/** Inside any transaction over `meta`. Throws StorageLost. */
export async function requireOwn(tx: Tx, phone: Phone): Promise<void> {
  if ((await getMeta(tx, 'device')) !== phone.device) throw new StorageLost();
}

/** The hash sent at submit: the server computes its own, and equal means nothing was lost between. */

import { canonical } from '@/foundation/canonical';
import { canonicalAnswers, type Sheet } from '@/foundation/checklists/sheet';

/** The one spelling of the sheet that both sides hash. */
export const manifestText = (sheet: Sheet): string => canonical(canonicalAnswers(sheet));

/** SHA-256 of the manifest's text, 64 lower-case hex digits. */
export async function manifestHash(sheet: Sheet): Promise<string> {
  const bytes = new TextEncoder().encode(manifestText(sheet));
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return Array.from(hash, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

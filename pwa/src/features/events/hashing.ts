// A telephone number leaves this phone only as its HMAC under the event's own key: two phones know that they met
// the same person, and nobody who has the records alone can try numbers against them. The key is gone at closing.
import { hex, utf8 } from '@/foundation/ids';

const MAINLAND = /^(?:\+|00)?86(?=1\d{10}$)/;
const NUMBER = /^\+?\d{7,15}$/;

/** One spelling for one number; null for what is none. */
export function normalised(typed: string): string | null {
  const bare = typed
    .normalize('NFKC')
    .replace(/[\s()·.‐–-]/g, '')
    .replace(MAINLAND, '');
  return NUMBER.test(bare) ? bare.replace(/^\+/, '00') : null;
}

/** 64 hex digits. The key is the text of the event's record as it stands there. */
export async function hashed(number: string, key: string): Promise<string> {
  const algorithm = { name: 'HMAC', hash: 'SHA-256' };
  const own = await crypto.subtle.importKey('raw', bytes(key), algorithm, false, ['sign']);
  return hex(new Uint8Array(await crypto.subtle.sign('HMAC', own, bytes(number))));
}

const bytes = (text: string) => utf8(text) as Uint8Array<ArrayBuffer>;

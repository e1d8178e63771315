// Sealing at rest: AES-GCM under a key that the browser keeps and never gives out. It protects
// what lies on the medium, not an unlocked phone in a thief's hand; the device page says so.

import { hex } from '@/foundation/ids';
import type { Sealed, Store, Vault } from '@/foundation/ports';

const KEY = 'vault';

export class WebVault implements Vault {
  constructor(private readonly key: CryptoKey) {}

  async seal(bytes: Uint8Array): Promise<Sealed> {
    const iv = crypto.getRandomValues(new Uint8Array(12));
    const data = await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, this.key, whole(bytes));
    return { iv, data };
  }

  async open({ iv, data }: Sealed): Promise<Uint8Array> {
    const algorithm = { name: 'AES-GCM', iv: whole(iv) };
    return new Uint8Array(await crypto.subtle.decrypt(algorithm, this.key, data));
  }

  async sha256(bytes: Uint8Array): Promise<string> {
    return hex(new Uint8Array(await crypto.subtle.digest('SHA-256', whole(bytes))));
  }
}

/** The person's own key, made at first use. Two tabs that start at once agree on one. */
export async function openVault(store: Store): Promise<WebVault> {
  const known = await store.read(['meta'], (tx) => tx.get('meta', KEY));
  if (known) return new WebVault(sound(known.value));
  const fresh = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, [
    'encrypt',
    'decrypt',
  ]);
  const agreed = await store.write(['meta'], async (tx) => {
    const first = await tx.get('meta', KEY);
    if (!first) tx.put('meta', { key: KEY, value: fresh });
    return first ? sound(first.value) : fresh;
  });
  return new WebVault(agreed);
}

/** A browser that lost its own keys gives nothing back: a new one would bury what lies here. */
function sound(value: unknown): CryptoKey {
  if (!value) throw new Error('the key of this database cannot be read');
  return value as CryptoKey;
}

const whole = (bytes: Uint8Array): Uint8Array<ArrayBuffer> => bytes as Uint8Array<ArrayBuffer>;

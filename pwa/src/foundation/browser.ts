// The ports of a real browser.

import type { Clock, Locks, Randomness, Room, Scheduler } from '@/foundation/ports';
import type { Browser } from '@/foundation/store/indexeddb';
import { renewed } from '@/foundation/store/renewal';

export const browserClock: Clock = {
  now: () => Date.now(),
  mono: () => performance.now(),
};

export const browserRandom: Randomness = {
  bytes: (count) => crypto.getRandomValues(new Uint8Array(count)),
  fraction: () => crypto.getRandomValues(new Uint32Array(1))[0]! / 2 ** 32,
};

export const browserScheduler: Scheduler = {
  after(delay_ms, act) {
    const timer = setTimeout(act, delay_ms);
    return () => clearTimeout(timer);
  },
};

export const browserRoom: Room = {
  async estimate() {
    if (!navigator.storage?.estimate) return null;
    const { usage = 0, quota = 0 } = await navigator.storage.estimate();
    const persisted = (await navigator.storage.persisted?.()) ?? false;
    return { used: usage, quota, persisted };
  },
};

/** Where the browser has no locks, the lease in the database decides alone. */
export const browserLocks: Locks = {
  async tryHold(name, work) {
    if (!navigator.locks) {
      await work();
      return true;
    }
    return navigator.locks.request(name, { ifAvailable: true }, async (lock) => {
      if (!lock) return false;
      await work();
      return true;
    });
  },
};

export function browserStorage(onObstacle: NonNullable<Browser['onObstacle']>): Browser {
  return {
    factory: indexedDB,
    renew: renewed,
    keyRange: IDBKeyRange,
    merging_ms: 1_500,
    onObstacle,
    ...(typeof BroadcastChannel === 'undefined'
      ? {}
      : { channel: (name: string) => new BroadcastChannel(name) }),
  };
}

/** Asked at sign-in and at every start; the answer belongs on the device page. */
export async function askToPersist(): Promise<boolean> {
  return (await navigator.storage?.persist?.()) ?? false;
}

export const isInstalled = (): boolean =>
  (typeof matchMedia === 'function' && matchMedia('(display-mode: standalone)').matches) ||
  (globalThis.navigator as { standalone?: boolean } | undefined)?.standalone === true;

/** WebKit clears what a site has written after seven days without a visit. It does not once the
 * site is on the home screen and the browser has promised to keep what is here. */
export async function mayBeCleared(): Promise<boolean> {
  if (!isWebKit(navigator.userAgent)) return false;
  return !isInstalled() || !((await navigator.storage?.persisted?.()) ?? false);
}

/** Every browser on an iPhone is one, whatever its name. */
export const isWebKit = (agent: string): boolean =>
  /AppleWebKit\//.test(agent) && !/Chrom(e|ium)\//.test(agent);

export type Missing = 'secure_context' | 'storage' | 'service_worker';

/** What keeps this browser from being a safe place for unsent work; empty when it is one. */
export function missingHere(): Missing[] {
  const missing: Missing[] = [];
  if (!globalThis.isSecureContext || !globalThis.crypto?.subtle) missing.push('secure_context');
  if (typeof indexedDB === 'undefined') missing.push('storage');
  if (!('serviceWorker' in navigator)) missing.push('service_worker');
  return missing;
}

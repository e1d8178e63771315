// A phone for tests: Ana on one device, with a toy feature (drawers with registers), over either
// store.

import 'fake-indexeddb/auto';
import type { RecordRules } from '@/foundation/catalogue';
import { Catalogue } from '@/foundation/catalogue';
import type { Person } from '@/foundation/phone';
import { Phone } from '@/foundation/phone';
import type { Store, Vault } from '@/foundation/ports';
import { IndexedStore } from '@/foundation/store/indexeddb';
import { getMeta, setMeta } from '@/foundation/store/meta';
import { openVault } from '@/foundation/store/vault';
import { MemoryDisk } from '@/sim/memory';

export const ANA: Person = { id: '0190-ana', name: '安娜', username: 'inspector' };
export const DEVICE = '0198c0de-0000-7000-8000-000000000001';

type Drawer = { answers?: Record<string, unknown>; photos?: string[] };

export const TOY: RecordRules = {
  previews: {
    'drawers.open': { apply: (body) => body ?? { answers: {} } },
    'drawers.set': {
      register: ({ args }) => String(args.item),
      apply: (body, { args }) => {
        const answers = { ...(body as Drawer)?.answers, [String(args.item)]: args.value };
        return { ...body, answers };
      },
    },
    'drawers.attach': {
      touches: ({ rec, args }) => [rec, ['photo', (args.photo as { id: string }).id]],
      apply: (body, { args, rec }, key) =>
        key[0] === 'photo'
          ? { ...(args.photo as object), parent: rec, state: 'awaited' }
          : { ...body, photos: [...((body as Drawer)?.photos ?? []), key[1]] },
    },
    'drawers.remove': { apply: () => null },
  },
  standings: { drawer: (body) => (body.verified === false ? 'received' : undefined) },
};

export class TestClock {
  constructor(public time = Date.parse('2026-05-04T09:00:00.000Z')) {}
  now = () => this.time;
  mono = () => this.time - Date.parse('2026-05-04T00:00:00.000Z');
  /** Later, so that moments differ. */
  pass(ms: number) {
    this.time += ms;
  }
}

export function seededRandom(seed = 1) {
  let state = seed;
  const fraction = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
  const bytes = (count: number) =>
    Uint8Array.from({ length: count }, () => Math.floor(fraction() * 256));
  return { fraction, bytes };
}

let count = 0;

export type Kit = { phone: Phone; clock: TestClock; store: Store };

export async function phoneOver(store: Store, vault?: Vault, seed = ++count): Promise<Kit> {
  const clock = new TestClock();
  const ports = {
    store,
    vault: vault ?? (await openVault(store)),
    clock,
    random: seededRandom(seed),
    scheduler: { after: () => () => undefined },
    room: { estimate: async () => null },
  };
  const known = await store.read(['meta'], (tx) => getMeta(tx, 'device'));
  if (!known) await store.write(['meta'], async (tx) => setMeta(tx, 'device', DEVICE));
  return { phone: new Phone(ports, DEVICE, ANA, new Catalogue().declare(TOY)), clock, store };
}

export const indexed = (name = `test-${++count}`): IndexedStore =>
  new IndexedStore(name, { factory: indexedDB, keyRange: IDBKeyRange });

export const onDisk = (disk = new MemoryDisk()) => phoneOver(disk.connect());
export const onIndexedDb = () => phoneOver(indexed());

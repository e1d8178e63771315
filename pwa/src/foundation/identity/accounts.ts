// Who works on this device. A tiny database shared by all of them holds names and device ids; each
// person's records lie in a database of their own. Signing out leaves unsent work where it is.
//
// A person's device id belongs to that person's database: when a browser loses the database but
// not this list, the id is given up with it, because the server remembers which numbers of the
// old order it has seen. The session itself is a cookie that no script can read.

import { browserClock, browserRandom, browserRoom, browserScheduler } from '@/foundation/browser';
import type { Catalogue } from '@/foundation/catalogue';
import { isLastCopy, unsentIn } from '@/foundation/identity/leaving';
import { newId } from '@/foundation/ids';
import type { Person } from '@/foundation/phone';
import { Phone, usePhone } from '@/foundation/phone';
import type { Browser } from '@/foundation/store/indexeddb';
import { IndexedStore } from '@/foundation/store/indexeddb';
import { getMeta, setMeta } from '@/foundation/store/meta';
import { scrub } from '@/foundation/store/scrub';
import { openVault } from '@/foundation/store/vault';

export type Account = Person & { device: string };

const SHARED = 'xunfang';
const nameOf = (person: string): string => `xunfang-${person}`;

export class Accounts {
  private readonly shared: IndexedStore;
  private open: { phone: Phone; store: IndexedStore } | null = null;

  constructor(
    private readonly browser: Browser,
    private readonly catalogue: Catalogue,
  ) {
    this.shared = new IndexedStore(SHARED, browser);
  }

  /** The device id to sign in with: the known one of this user name, else a new one. */
  async deviceFor(username: string): Promise<string> {
    const known = (await this.list()).find((account) => account.username === username);
    return known?.device ?? newId(browserClock, browserRandom);
  }

  async list(): Promise<Account[]> {
    return (await this.value<Account[]>('accounts')) ?? [];
  }

  /** Goes on where the last person left off, without a network. Null: somebody must sign in. */
  async resume(): Promise<Phone | null> {
    const current = await this.value<string>('current');
    const account = (await this.list()).find(({ id }) => id === current);
    if (!account) return null;
    const store = new IndexedStore(nameOf(account.id), this.browser);
    const [device, state] = await store.read(['meta'], (tx) =>
      Promise.all([getMeta(tx, 'device'), getMeta(tx, 'device_state')]),
    );
    // An order to erase that a kill cut short needs no second word from the server.
    if (device === account.device && state !== 'wipe_now') return this.use(account, store);
    await this.remove(account.id, store);
    return null;
  }

  /** After the server has said who this is. */
  async enter(person: Person, device: string): Promise<Phone> {
    this.leave();
    const account = { id: person.id, name: person.name, username: person.username, device };
    const others = (await this.list()).filter(({ id }) => id !== person.id);
    const store = new IndexedStore(nameOf(person.id), this.browser);
    await store.write(['meta'], async (tx) => {
      setMeta(tx, 'device', device);
      setMeta(tx, 'heard_at', browserClock.now());
      setMeta(tx, 'locked', false);
    });
    await this.shared.write(['meta'], async (tx) => {
      tx.put('meta', { key: 'accounts', value: [...others, account] });
      tx.put('meta', { key: 'current', value: person.id });
    });
    return this.use(account, store);
  }

  /** Signs out of this device. A database that holds the last copy of anything stays; another goes. */
  async exit(): Promise<{ kept: boolean }> {
    const open = this.open;
    await this.shared.write(['meta'], async (tx) => tx.remove('meta', 'current'));
    this.leave();
    if (!open) return { kept: false };
    const kept = await isLastCopy(open.store);
    if (kept) {
      open.store.close();
      return { kept };
    }
    await this.remove(open.phone.person.id, open.store);
    return { kept };
  }

  /** Everything of the person at work goes, whether it was sent or not: the database with its key, and
   * the name in the list. With the last person the list itself goes. `scrub` once more when it is done. */
  async erase(): Promise<void> {
    const { open } = this;
    if (!open) return;
    this.leave();
    await this.scrub();
    await this.remove(open.phone.person.id, open.store);
    if ((await this.list()).length === 0) await this.shared.destroy();
  }

  /** Before and after: nothing of it is left in the browser's files either. */
  scrub(): Promise<void> {
    return scrub(this.browser);
  }

  /** For the sign-in screen: others whose work has not left this device. */
  async waiting(): Promise<{ account: Account; unsent: number }[]> {
    const rows: { account: Account; unsent: number }[] = [];
    for (const account of await this.list()) {
      const store = new IndexedStore(nameOf(account.id), this.browser);
      const unsent = await unsentIn(store);
      store.close();
      if (unsent > 0) rows.push({ account, unsent });
    }
    return rows;
  }

  /** Small settings of the device itself, such as its language. */
  async value<T>(key: string): Promise<T | undefined> {
    const row = await this.shared.read(['meta'], (tx) => tx.get('meta', key));
    return row?.value as T | undefined;
  }

  async setValue(key: string, value: unknown): Promise<void> {
    await this.shared.write(['meta'], async (tx) => tx.put('meta', { key, value }));
  }

  closeAll(): void {
    this.shared.close();
    this.open?.store.close();
  }

  private async use(account: Account, store: IndexedStore): Promise<Phone> {
    const ports = {
      store,
      vault: await openVault(store),
      clock: browserClock,
      random: browserRandom,
      scheduler: browserScheduler,
      room: browserRoom,
    };
    const phone = new Phone(ports, account.device, account, this.catalogue);
    this.open = { phone, store };
    usePhone(phone);
    return phone;
  }

  private leave() {
    this.open = null;
    usePhone(null);
  }

  private async remove(person: string, store: IndexedStore) {
    await store.destroy();
    await this.forget(person);
  }

  private async forget(person: string) {
    const others = (await this.list()).filter(({ id }) => id !== person);
    await this.shared.write(['meta'], async (tx) => {
      tx.put('meta', { key: 'accounts', value: others });
      tx.remove('meta', 'current');
    });
  }
}

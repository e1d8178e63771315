import 'fake-indexeddb/auto';
import { expect, test } from 'vitest';
import { exportOutbox } from '@/foundation/export';
import { base64 } from '@/foundation/ids';
import { put } from '@/foundation/outbox/put';
import { IndexedStore } from '@/foundation/store/indexeddb';
import { writeMeta } from '@/foundation/store/meta';
import { indexed, onIndexedDb } from './kit';

const metaRow = (value: number) => ({ key: 'x', value });

test('a connection that the browser closed behind our back is opened again on use', async () => {
  const store = indexed('lost');
  await store.write(['meta'], async (tx) => tx.put('meta', metaRow(1)));
  const db = await (store as unknown as { opening: Promise<IDBDatabase> }).opening;
  db.close();
  await store.write(['meta'], async (tx) => tx.put('meta', metaRow(2)));
  expect((await store.read(['meta'], (tx) => tx.get('meta', 'x')))?.value).toBe(2);
});

test('work that met a lost database server is run once more, and only once', async () => {
  const store = indexed('unknown');
  let runs = 0;
  const work = async () => {
    runs++;
    throw new DOMException('Connection to Indexed Database server lost', 'UnknownError');
  };
  await expect(store.write(['meta'], work)).rejects.toThrow('server lost');
  expect(runs).toBe(2);
});

/** Like WebKit's after its database process has died: nothing opens any more, however often asked. */
function deadFactory(): IDBFactory & { asked: number } {
  const dead = {
    asked: 0,
    open() {
      dead.asked++;
      const message = 'Connection to Indexed Database server lost. Refresh the page to try again';
      const request = {
        error: new DOMException(message, 'UnknownError'),
        onerror: () => undefined,
      };
      setTimeout(() => request.onerror());
      return request;
    },
  };
  return dead as unknown as IDBFactory & { asked: number };
}

test('a page that has lost its databases for good reaches them another way, and no tap is lost', async () => {
  const dead = deadFactory();
  const told: (string | null)[] = [];
  const store = new IndexedStore('renewed', {
    factory: dead,
    keyRange: IDBKeyRange,
    renew: (lost) => (lost === dead ? indexedDB : lost),
    onObstacle: (what) => told.push(what),
  });
  const both = [1, 2].map((value) =>
    store.write(['meta'], async (tx) => tx.put('meta', { key: `${value}`, value })),
  );
  await Promise.all(both);
  const kept = await store.read(['meta'], (tx) => tx.all('meta'));
  expect(kept.map(({ value }) => value)).toEqual([1, 2]);
  expect(dead.asked).toBe(2);
  expect(told).toEqual([]);
});

test('a database that does not open is told, and taken back when it opens', async () => {
  const dead = deadFactory();
  const told: (string | null)[] = [];
  let way: IDBFactory = dead;
  const store = new IndexedStore('obstacle', {
    factory: dead,
    keyRange: IDBKeyRange,
    renew: () => way,
    onObstacle: (what) => told.push(what),
  });
  const look = () => store.read(['meta'], (tx) => tx.count('meta'));
  await expect(look()).rejects.toThrow('server lost');
  await expect(look()).rejects.toThrow('server lost');
  expect(told).toEqual(['cannot_open']);
  way = indexedDB;
  expect(await look()).toBe(0);
  expect(told).toEqual(['cannot_open', null]);
});

test('work that fails by itself leaves nothing and is not run again', async () => {
  const store = indexed('own');
  let runs = 0;
  const work = store.write(['meta'], async (tx) => {
    runs++;
    tx.put('meta', metaRow(1));
    throw new Error('our own');
  });
  await expect(work).rejects.toThrow('our own');
  expect(runs).toBe(1);
  expect(await store.read(['meta'], (tx) => tx.get('meta', 'x'))).toBeUndefined();
});

test('a newer tab takes the database over, and the older one is told', async () => {
  const told: (string | null)[] = [];
  const browser = { factory: indexedDB, keyRange: IDBKeyRange };
  const old = new IndexedStore('newer', { ...browser, onObstacle: (what) => told.push(what) });
  await old.write(['meta'], async (tx) => tx.put('meta', metaRow(1)));
  const newer = indexedDB.open('newer', 99);
  await new Promise((resolve, reject) => {
    newer.onsuccess = resolve;
    newer.onerror = reject;
  });
  newer.result.close();
  expect(told).toEqual(['newer_version']);
});

test('every edit is asked to be on the medium before it is confirmed', async () => {
  const asked: (string | undefined)[] = [];
  const original = IDBDatabase.prototype.transaction;
  IDBDatabase.prototype.transaction = function (this: IDBDatabase, stores, mode, options) {
    if (mode === 'readwrite') asked.push(options?.durability);
    return original.call(this, stores, mode, options);
  };
  const { phone } = await onIndexedDb();
  asked.length = 0;
  await put(phone, { op: 'drawers.set', rec: ['drawer', 'd1'], args: { item: '1', value: 'a' } });
  IDBDatabase.prototype.transaction = original;
  expect(asked).toEqual(['strict']);
});

test('the exported outbox opens with the server’s key, and not when a frame is missing', async () => {
  const { phone } = await onIndexedDb();
  const curve = { name: 'ECDH', namedCurve: 'P-256' };
  const server = await crypto.subtle.generateKey(curve, true, ['deriveBits']);
  const point = new Uint8Array(await crypto.subtle.exportKey('raw', server.publicKey));
  await put(phone, {
    op: 'drawers.set',
    rec: ['drawer', 'd1'],
    args: { item: '1', value: 'no soap' },
  });
  expect(await exportOutbox(phone)).toBeNull();
  await writeMeta(phone, 'seal_key', base64(point));
  const file = new Uint8Array(await (await exportOutbox(phone))!.arrayBuffer());
  expect(new TextDecoder().decode(file)).not.toContain('no soap');
  const opened = JSON.parse(await openFirst(file, server.privateKey, '0 last'));
  expect(opened.commands[0].args).toEqual({ item: '1', value: 'no soap' });
  await expect(openFirst(file, server.privateKey, '0')).rejects.toThrow();
});

async function openFirst(file: Uint8Array<ArrayBuffer>, key: CryptoKey, additional: string) {
  const start = file.indexOf(10, 6) + 1;
  const { eph, salt } = JSON.parse(new TextDecoder().decode(file.subarray(6, start)));
  const bytes = (text: string) => Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
  const curve = { name: 'ECDH', namedCurve: 'P-256' };
  const theirs = await crypto.subtle.importKey('raw', bytes(eph), curve, false, []);
  const shared = await crypto.subtle.deriveBits({ name: 'ECDH', public: theirs }, key, 256);
  const material = await crypto.subtle.importKey('raw', shared, 'HKDF', false, ['deriveKey']);
  const aes = await crypto.subtle.deriveKey(
    {
      name: 'HKDF',
      hash: 'SHA-256',
      salt: bytes(salt),
      info: new TextEncoder().encode('xunfang-export-1'),
    },
    material,
    { name: 'AES-GCM', length: 256 },
    false,
    ['decrypt'],
  );
  const length = new DataView(file.buffer).getUint32(start);
  const sealed = file.subarray(start + 4, start + 4 + length);
  const additionalData = new TextEncoder().encode(additional);
  const how = { name: 'AES-GCM', iv: new Uint8Array(12), additionalData };
  return new TextDecoder().decode(await crypto.subtle.decrypt(how, aes, sealed));
}

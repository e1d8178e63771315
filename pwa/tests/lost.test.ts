import { beforeEach, expect, test } from 'vitest';
import { Catalogue } from '@/foundation/catalogue';
import { Accounts } from '@/foundation/identity/accounts';
import { put } from '@/foundation/outbox/put';
import { getMeta, readMeta } from '@/foundation/store/meta';
import { Bench } from './bench';
import { ANA, DEVICE } from './kit';

// The browser throws the storage away while a page is open.

let bench: Bench;

beforeEach(async () => {
  bench = await new Bench().open();
  await bench.set('1', 'a');
  await bench.go();
  bench.disk.wipe();
});

test('an edit is refused visibly instead of being counted from 1 again', async () => {
  await expect(bench.set('2', 'b')).rejects.toMatchObject({ name: 'StorageLost' });
  expect(await bench.seqs('outbox')).toEqual([]);
});

test('nothing is sent any more under the old device, and a person is asked to sign in', async () => {
  const before = bench.server.requests.length;
  await bench.drive().fly();
  expect(bench.server.requests).toHaveLength(before);
  const pulse = await readMeta(bench.kit.phone, 'pulse');
  expect(pulse).toMatchObject({ state: 'auth_needed', problem: 'storage_lost' });
});

test('whoever signs in again on the emptied browser works on as a new device', async () => {
  const accounts = new Accounts({ factory: indexedDB, keyRange: IDBKeyRange }, new Catalogue());
  expect(await accounts.deviceFor(ANA.username)).not.toBe(DEVICE);
  const phone = await accounts.enter(ANA, 'another-device');
  await put(phone, { op: 'drawers.set', rec: ['drawer', 'd1'], args: { item: '2', value: 'b' } });
  const device = await phone.store.read(['meta'], (tx) => getMeta(tx, 'device'));
  expect(device).toBe('another-device');
  accounts.closeAll();
});

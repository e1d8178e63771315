import { beforeEach, expect, test } from 'vitest';
import { Catalogue } from '@/foundation/catalogue';
import { Accounts } from '@/foundation/identity/accounts';
import { isLastCopy } from '@/foundation/identity/leaving';
import { put } from '@/foundation/outbox/put';
import { setMeta } from '@/foundation/store/meta';
import { tidy } from '@/sync/keeping';
import { Bench } from './bench';
import { ANA, DEVICE } from './kit';
import { problem } from './server';

let bench: Bench;

beforeEach(async () => {
  bench = await new Bench().open();
  bench.server.durable = 0;
});

const lastCopy = () => isLastCopy(bench.kit.store);
const backUp = async () => {
  bench.server.durable = bench.server.head;
  await bench.go();
};

test('what the server has but its backup has not is not given up at sign-out', async () => {
  expect(await lastCopy()).toBe(false);
  await bench.set('1', 'a');
  await bench.go();
  expect(await bench.seqs('outbox')).toEqual([]);
  expect(await lastCopy()).toBe(true);
  await backUp();
  expect(await lastCopy()).toBe(false);
});

test('a photograph that came after the backup of its command is kept on its own account', async () => {
  const photo = await bench.photograph();
  bench.server.trouble = ({ path }) => (path.startsWith('/v1/uploads') ? 'lost' : undefined);
  await bench.go().catch(() => undefined);
  bench.server.durable = bench.server.head;
  bench.server.trouble = () => undefined;
  await bench.go();
  bench.server.place('drawer', 'other', { n: 1 });
  await bench.go();
  expect(await lastCopy()).toBe(true);
  bench.kit.phone.ports.room = {
    estimate: async () => ({ used: 99, quota: 100, persisted: true }),
  };
  await tidy(bench.kit.phone);
  expect((await bench.table('bytes')).map(({ id }) => id)).toEqual([photo.sha256]);
  await backUp();
  await bench.go();
  expect(await bench.table('bytes')).toEqual([]);
  expect(await lastCopy()).toBe(false);
});

test('words that the server never took keep their database until somebody has dealt with them', async () => {
  bench.server.dies.add('drawers.explode');
  bench.server.trouble = ({ path }) =>
    path === '/v1/sync/escrow' ? problem(422, 'escrow_full') : undefined;
  await put(bench.kit.phone, { op: 'drawers.explode', rec: ['drawer', 'd1'], args: { why: 'x' } });
  for (let tries = 0; tries < 8; tries++) await bench.go().catch(() => undefined);
  await backUp();
  expect(await bench.seqs('outbox')).toEqual([]);
  expect(await lastCopy()).toBe(true);
});

test('signing out deletes a database without a last copy and leaves another one alone', async () => {
  const browser = { factory: indexedDB, keyRange: IDBKeyRange };
  const accounts = new Accounts(browser, new Catalogue());
  await accounts.enter(ANA, DEVICE);
  expect(await accounts.exit()).toEqual({ kept: false });
  const phone = await accounts.enter(ANA, DEVICE);
  await put(phone, { op: 'drawers.set', rec: ['drawer', 'd1'], args: { item: '1', value: 'a' } });
  await phone.store.write(['outbox', 'sent', 'meta'], async (tx) => {
    const row = (await tx.get('outbox', 1))!;
    tx.remove('outbox', 1);
    const verdict = { outcome: 'applied' as const, ver: 7, rev: 1, code: null, received_at: 0 };
    tx.put('sent', { ...row, ...verdict, settled: 1 });
    setMeta(tx, 'durable', 6);
  });
  expect(await accounts.exit()).toEqual({ kept: true });
  accounts.closeAll();
});

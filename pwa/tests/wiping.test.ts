import { beforeEach, expect, test } from 'vitest';
import { Catalogue } from '@/foundation/catalogue';
import { Accounts } from '@/foundation/identity/accounts';
import { put } from '@/foundation/outbox/put';
import { readMeta, setMeta, writeMeta } from '@/foundation/store/meta';
import { Bench } from './bench';
import { ANA, DEVICE } from './kit';
import { json, problem, said } from './server';

// A device is cut off (SYNC.md 3.6).

let bench: Bench;
let wiped: number;

beforeEach(async () => {
  bench = await new Bench().open();
  wiped = 0;
  watch();
  await bench.set('1', 'a');
  await bench.go();
});

function watch(): void {
  bench.line.onWipe = async () => {
    wiped++;
    await bench.kit.store.destroy();
  };
}

/** As after a restart: it greets, and hears the order. */
async function order(state: string): Promise<void> {
  bench.server.device_state = state;
  bench.line.said_hello = false;
}

const go = () => bench.go().catch((error: Error) => error.name);

test('a suspended device receives nothing, sends everything, and stays as it is', async () => {
  await order('suspended');
  await bench.set('2', 'b');
  await bench.photograph();
  const before = bench.server.requests.length;
  await bench.drive().fly();
  const paths = bench.server.requests.slice(before).map(({ path }) => path);
  expect(paths).not.toContain('/v1/sync/pull');
  expect(bench.server.applied.map(({ seq }) => seq)).toEqual([1, 2, 3]);
  expect(bench.server.blobs.size).toBe(2);
  expect(wiped).toBe(0);
  bench.server.device_state = 'active';
  await bench.go();
  expect(bench.server.requests.at(-1)?.path).toBe('/v1/sync/pull');
});

test('wipe_now erases what was never sent, at once', async () => {
  await order('wipe_now');
  await bench.set('2', 'b');
  expect(await go()).toBe('Wiped');
  expect(wiped).toBe(1);
  expect(bench.server.applied).toHaveLength(1);
});

test('wipe_after_push erases only after words and photographs were answered for', async () => {
  await order('wipe_after_push');
  await bench.set('2', 'b');
  const photo = await bench.photograph();
  bench.server.trouble = ({ path }) => (path.startsWith('/v1/uploads') ? 'lost' : undefined);
  await go();
  expect(wiped).toBe(0);
  bench.server.trouble = () => undefined;
  expect(await go()).toBe('Wiped');
  expect(wiped).toBe(1);
  expect(bench.server.applied.map(({ seq }) => seq)).toEqual([1, 2, 3]);
  expect(bench.server.blobs.has(photo.sha256)).toBe(true);
});

test('a number that the server does not know holds the erasing up', async () => {
  await order('wipe_after_push');
  const short = (path: string, serve: () => ReturnType<typeof json>) => {
    if (path !== '/v1/sync/hello') return undefined;
    const answer = JSON.parse(new TextDecoder().decode(serve().bytes));
    return json({ ...answer, last_seq: 0 });
  };
  bench.server.trouble = ({ path }, serve) => short(path, serve);
  expect(await go()).not.toBe('Wiped');
  expect(wiped).toBe(0);
  expect((await bench.table('log')).map(({ what }) => what)).toContain('wipe_count_differs');
  bench.server.trouble = () => undefined;
  expect(await go()).toBe('Wiped');
});

test('a photograph that the server has lost is sent once more before the erasing', async () => {
  const photo = await bench.photograph();
  await bench.go();
  bench.server.blobs.delete(photo.sha256);
  await order('wipe_after_push');
  for (let tries = 0; tries < 3 && wiped === 0; tries++) await go();
  expect(wiped).toBe(1);
  expect(bench.server.blobs.has(photo.sha256)).toBe(true);
});

test('an edit made while the counts are confirmed is sent, not erased', async () => {
  await order('wipe_after_push');
  let greeted = 0;
  bench.server.trouble = ({ path }) => {
    if (path === '/v1/sync/hello' && ++greeted === 2) void bench.set('3', 'late');
    return undefined;
  };
  for (let tries = 0; tries < 4 && wiped === 0; tries++) await go();
  expect(wiped).toBe(1);
  expect(bench.server.applied.map(({ args }) => args.value)).toEqual(['a', 'late']);
});

test('what the server would not take holds it up until somebody agrees', async () => {
  await bench.photograph();
  bench.server.trouble = ({ path }) =>
    path.startsWith('/v1/uploads') ? problem(413, 'too_large') : undefined;
  await bench.go();
  await order('wipe_after_push');
  await go();
  expect(wiped).toBe(0);
  await writeMeta(bench.kit.phone, 'wipe_agreed', true);
  expect(await go()).toBe('Wiped');
});

test('an agreement ends with its order', async () => {
  await order('wipe_after_push');
  await writeMeta(bench.kit.phone, 'wipe_agreed', true);
  await order('active');
  await bench.go();
  expect(await readMeta(bench.kit.phone, 'wipe_agreed')).toBe(false);
});

test('a drive that has erased its phone asks for nothing more', async () => {
  await order('wipe_now');
  const drive = bench.drive();
  await drive.fly();
  const { length } = bench.server.requests;
  drive.nudge('timer');
  drive.nudge('work');
  expect(drive.isFlying).toBe(false);
  expect(bench.server.requests).toHaveLength(length);
});

test('a device that is stopped in the middle of a pass goes on handing over', async () => {
  bench.server.trouble = ({ path }) =>
    path === '/v1/sync/pull'
      ? json({ status: 403, code: 'device_stopped', facts: { state: 'suspended' } })
      : undefined;
  const stopped = bench.server.trouble;
  bench.server.trouble = (request, serve) => {
    const answer = stopped(request, serve);
    return answer && answer !== 'lost' ? { ...answer, status: 403 } : answer;
  };
  await bench.drive().fly();
  expect(await readMeta(bench.kit.phone, 'device_state')).toBe('suspended');
  expect((await readMeta(bench.kit.phone, 'pulse')).state).toBe('waiting');
});

const BROWSER = { factory: indexedDB, keyRange: IDBKeyRange };
const databases = async () => (await indexedDB.databases()).map(({ name }) => name);

test('erasing takes the database, its key and the name; a late reader makes nothing anew', async () => {
  const accounts = new Accounts(BROWSER, new Catalogue());
  const phone = await accounts.enter(ANA, DEVICE);
  await put(phone, { op: 'drawers.set', rec: ['drawer', 'd1'], args: { item: '1', value: 'a' } });
  await accounts.erase();
  await expect(readMeta(phone, 'device')).rejects.toMatchObject({ name: 'StorageLost' });
  expect(await databases()).not.toContain(`xunfang-${ANA.id}`);
  expect(await databases()).not.toContain('xunfang');
});

test('a colleague on the same device keeps everything', async () => {
  const accounts = new Accounts(BROWSER, new Catalogue());
  const other = { id: 'ben', name: '本', username: 'ben' };
  const kept = await accounts.enter(other, 'device-ben');
  await put(kept, { op: 'drawers.set', rec: ['drawer', 'd2'], args: { item: '1', value: 'b' } });
  await accounts.enter(ANA, DEVICE);
  await accounts.erase();
  expect((await accounts.waiting()).map(({ account, unsent }) => [account.id, unsent])).toEqual([
    ['ben', 1],
  ]);
  await (await accounts.enter(other, 'device-ben')).store.destroy();
  accounts.closeAll();
});

test('an order that a kill cut short is carried out at the next start, without signal', async () => {
  const accounts = new Accounts(BROWSER, new Catalogue());
  const phone = await accounts.enter(ANA, DEVICE);
  await phone.store.write(['meta'], async (tx) => setMeta(tx, 'device_state', 'wipe_now'));
  accounts.closeAll();
  const again = new Accounts(BROWSER, new Catalogue());
  expect(await again.resume()).toBeNull();
  expect(await databases()).not.toContain(`xunfang-${ANA.id}`);
  again.closeAll();
});

test('a greeting says how much is left', async () => {
  await order('wipe_after_push');
  await go();
  const greetings = bench.server.requests.filter(({ path }) => path === '/v1/sync/hello');
  expect(said(greetings.at(-1)!).unsent).toMatchObject({ commands: 0, photos: 0 });
});

import { beforeEach, expect, test } from 'vitest';
import { readAttention } from '@/foundation/attention';
import { put } from '@/foundation/outbox/put';
import { readOne } from '@/foundation/reading';
import { readTruth } from '@/foundation/truth';
import { plainVault } from '@/sim/vault';
import { Line } from '@/sync/line';
import { pass } from '@/sync/pass';
import { Bench } from './bench';
import { phoneOver } from './kit';
import { problem } from './server';

let bench: Bench;

beforeEach(async () => {
  bench = await new Bench().open();
});

test('an edit travels, its preview gives way to the truth, and the line says so in three steps', async () => {
  await bench.set('3.6', 'fail');
  expect((await readTruth(bench.kit.phone)).state).toBe('device');
  await bench.go();
  expect(bench.server.applied.map(({ args }) => args)).toEqual([{ item: '3.6', value: 'fail' }]);
  expect(await bench.seqs('outbox')).toEqual([]);
  expect(await bench.table('local')).toEqual([]);
  const shown = await readOne(bench.kit.phone, ['drawer', 'd1']);
  expect(shown?.body).toEqual({ answers: { '3.6': 'fail' } });
  expect((await readTruth(bench.kit.phone)).state).toBe('verified');
});

test('two drains at once do no harm', async () => {
  await bench.set('1', 'a');
  await bench.photograph();
  const second = await phoneOver(bench.disk.connect(), plainVault);
  const other = new Line(second.phone, bench.server, 1);
  await Promise.allSettled([bench.go(), pass(other, { lanes: 2, check: false })]);
  await bench.go();
  expect(bench.server.applied).toHaveLength(2);
  expect(await bench.seqs('outbox')).toEqual([]);
});

test('a refusal is a receipt: the queue moves, the words stay in the tray', async () => {
  bench.server.refuses.add('drawers.remove');
  await bench.set('1', 'a');
  await put(bench.kit.phone, {
    op: 'drawers.remove',
    rec: ['drawer', 'd1'],
    args: { why: 'moved out' },
  });
  await bench.set('2', 'b');
  await bench.go();
  expect(await bench.seqs('outbox')).toEqual([]);
  const [tray] = await readAttention(bench.kit.phone);
  expect(tray).toMatchObject({
    status: 'rejected',
    code: 'forbidden',
    asked: { why: 'moved out' },
  });
  expect((await readOne(bench.kit.phone, ['drawer', 'd1']))?.body).toEqual({
    answers: { 1: 'a', 2: 'b' },
  });
});

test('a command the server dies of is taken out, and nothing behind it waits', async () => {
  bench.server.dies.add('drawers.explode');
  await bench.set('1', 'a');
  await put(bench.kit.phone, {
    op: 'drawers.explode',
    rec: ['drawer', 'd1'],
    args: { words: 'kept' },
  });
  for (let n = 3; n < 9; n++) await bench.set(String(n), n);
  for (let tries = 0; tries < 12; tries++) await bench.go().catch(() => undefined);
  expect(bench.server.applied).toHaveLength(7);
  expect(bench.server.escrowed).toHaveLength(1);
  expect(atob(String(bench.server.escrowed[0]?.raw))).toContain('kept');
  expect((await readAttention(bench.kit.phone))[0]).toMatchObject({
    status: 'escrowed',
    asked: { words: 'kept' },
  });
});

test('what was taken before it went into escrow is not shown as refused', async () => {
  await bench.set('1', 'a');
  bench.server.trouble = ({ path }, serve) => {
    if (path === '/v1/sync/push') serve();
    return path === '/v1/sync/push' ? 'lost' : undefined;
  };
  await bench.go().catch(() => undefined);
  expect(bench.server.applied).toHaveLength(1);
  bench.server.trouble = ({ path }) =>
    path === '/v1/sync/push' ? problem(500, 'internal') : undefined;
  for (let tries = 0; tries < 9; tries++) await bench.go().catch(() => undefined);
  expect(bench.server.escrowed).toHaveLength(1);
  expect(await bench.table('outbox')).toEqual([]);
  expect(await bench.table('attention')).toEqual([]);
  expect(await bench.table('sent')).toMatchObject([{ outcome: 'applied' }]);
});

test('where even the escrow refuses, the number is filled and the words stay here', async () => {
  bench.server.dies.add('drawers.explode');
  await put(bench.kit.phone, {
    op: 'drawers.explode',
    rec: ['drawer', 'd1'],
    args: { words: 'kept' },
  });
  await bench.set('1', 'a');
  bench.server.trouble = ({ path }) =>
    path === '/v1/sync/escrow' ? problem(422, 'escrow_full') : undefined;
  for (let tries = 0; tries < 12; tries++) await bench.go().catch(() => undefined);
  expect(bench.server.applied).toHaveLength(1);
  expect((await readAttention(bench.kit.phone))[0]?.facts).toEqual({
    asked: { op: 'drawers.explode', args: { words: 'kept' } },
  });
});

test('an escrow request that the line cut short is made again', async () => {
  bench.server.dies.add('drawers.explode');
  await put(bench.kit.phone, {
    op: 'drawers.explode',
    rec: ['drawer', 'd1'],
    args: { words: 'kept' },
  });
  let cut = 2;
  bench.server.trouble = ({ path }) =>
    path === '/v1/sync/escrow' && cut-- > 0 ? problem(400, 'body_unreadable') : undefined;
  for (let tries = 0; tries < 14; tries++) await bench.go().catch(() => undefined);
  expect(bench.server.escrowed).toHaveLength(1);
  expect(await bench.table('outbox')).toEqual([]);
  expect(await bench.table('attention')).toMatchObject([{ status: 'escrowed' }]);
});

test('an escrow request that never gets through whole holds up nothing for ever', async () => {
  bench.server.dies.add('drawers.explode');
  await put(bench.kit.phone, { op: 'drawers.explode', rec: ['drawer', 'd1'], args: {} });
  await bench.set('1', 'a');
  bench.server.trouble = ({ path }) =>
    path === '/v1/sync/escrow' ? problem(400, 'body_unreadable') : undefined;
  for (let tries = 0; tries < 20; tries++) await bench.go().catch(() => undefined);
  expect(bench.server.applied).toHaveLength(1);
  expect(await bench.table('outbox')).toEqual([]);
  expect(await readAttention(bench.kit.phone)).toHaveLength(1);
});

test('a device that may receive again learns it at the next pass', async () => {
  await bench.go();
  bench.server.device_state = 'suspended';
  bench.line.said_hello = false;
  await bench.go();
  bench.server.place('drawer', 'd7', { n: 1 });
  bench.server.device_state = 'active';
  await bench.go();
  expect(await readOne(bench.kit.phone, ['drawer', 'd7'])).not.toBeNull();
});

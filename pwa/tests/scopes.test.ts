import { beforeEach, describe, expect, test } from 'vitest';
import { readKind, readOne } from '@/foundation/reading';
import { pullAll } from '@/sync/pull';
import { Bench } from './bench';
import { FakeServer } from './server';

let bench: Bench;

beforeEach(async () => {
  bench = await new Bench().open();
});

describe('scopes', () => {
  test('a lost scope goes, except what unsent work refers to, and that goes once it is sent', async () => {
    bench.server.place('drawer', 'd1', { answers: {} });
    bench.server.place('drawer', 'd2', { answers: {} });
    await bench.go();
    await bench.set('1', 'a');
    bench.server.scopes.delete('org');
    bench.server.trouble = ({ path }) => (path === '/v1/sync/push' ? 'lost' : undefined);
    await expect(bench.go()).rejects.toThrow();
    // The push fails, the pull is asked for on its own.
    await pullAll(bench.line, false);
    expect((await bench.table('rec')).map((row) => row.id)).toEqual(['d1']);
    expect((await readKind(bench.kit.phone, 'drawer')).map((row) => row.id)).toEqual(['d1']);
    bench.server.trouble = () => undefined;
    await bench.go();
    expect(await bench.table('rec')).toEqual([]);
    expect(await readKind(bench.kit.phone, 'drawer')).toEqual([]);
    expect(bench.server.applied).toHaveLength(1);
  });

  test('a pull under a pending edit shows both: the news and the edit', async () => {
    bench.server.place('drawer', 'd1', { answers: { 1: 'old' } });
    await bench.go();
    await bench.set('2', 'mine');
    bench.server.place('drawer', 'd1', { answers: { 1: 'news' } });
    bench.server.trouble = ({ path }) => (path === '/v1/sync/push' ? 'lost' : undefined);
    await pullAll(bench.line, false);
    const shown = await readOne(bench.kit.phone, ['drawer', 'd1']);
    expect(shown?.body).toEqual({ answers: { 1: 'news', 2: 'mine' } });
  });

  test('a row lost from the phone is noticed by the check and fetched again', async () => {
    for (let n = 0; n < 5; n++) bench.server.place('drawer', `d${n}`, { n });
    await bench.go();
    await bench.kit.store.write(['rec'], async (tx) => tx.remove('rec', ['drawer', 'd3']));
    await bench.go(true);
    expect(await bench.table('rec')).toHaveLength(5);
  });

  test('kinds this build does not know are kept as they came', async () => {
    bench.server.place('umbrella', 'u1', { colour: 'red' });
    await bench.go();
    expect((await readOne(bench.kit.phone, ['umbrella', 'u1']))?.body).toEqual({ colour: 'red' });
  });

  test('pages follow one another until everything is here', async () => {
    bench.line.rows_max = 3;
    for (let n = 0; n < 10; n++) bench.server.place('drawer', `d${n}`, { n });
    await bench.go();
    expect(await bench.table('rec')).toHaveLength(10);
  });
});

test('a server restored from yesterday gets everything again that it has forgotten', async () => {
  await bench.set('1', 'a');
  const photo = await bench.photograph();
  await bench.go();
  const old = bench.server;
  bench.meet(new FakeServer());
  bench.server.epoch = 'epoch-2';
  await bench.set('2', 'b');
  await bench.go();
  await bench.go();
  expect(bench.server.applied.map(({ id }) => id).slice(0, 2)).toEqual(
    old.applied.map(({ id }) => id),
  );
  expect(bench.server.applied).toHaveLength(3);
  expect(bench.server.blobs.has(photo.sha256)).toBe(true);
  expect((await readOne(bench.kit.phone, ['drawer', 'd1']))?.rev).toBe(3);
});

test('numbers that an earlier life of this device used are given up by commands that never left', async () => {
  bench.server.last_seq = 40;
  await bench.set('1', 'a');
  await bench.set('2', 'b');
  await bench.go();
  expect(await bench.seqs('sent')).toEqual([41, 42]);
  await bench.set('3', 'c');
  await bench.go();
  expect(bench.server.applied).toHaveLength(3);
});

test('a hole in the order is filled, so that the queue moves on', async () => {
  await bench.set('1', 'a');
  await bench.go();
  await bench.kit.store.write(['sent'], async (tx) => tx.remove('sent', 1));
  bench.server.last_seq = 0;
  bench.server.verdicts.clear();
  await bench.set('2', 'b');
  await bench.go();
  expect(bench.server.last_seq).toBe(2);
  expect(await bench.seqs('outbox')).toEqual([]);
});

import { beforeEach, describe, expect, test } from 'vitest';
import { readMeta } from '@/foundation/store/meta';
import { readTruth } from '@/foundation/truth';
import { Bench, until } from './bench';
import { portal, problem, said, sha } from './server';

let bench: Bench;

beforeEach(async () => {
  bench = await new Bench().open();
});

describe('answers lost on the way', () => {
  test('after the commit: the same command again, applied once', async () => {
    let lost = 0;
    bench.server.trouble = ({ path }, serve) => {
      if (path !== '/v1/sync/push' || lost++ > 1) return undefined;
      serve();
      return 'lost';
    };
    await bench.set('1', 'a');
    await bench.set('2', 'b');
    await expect(bench.go()).rejects.toThrow();
    await expect(bench.go()).rejects.toThrow();
    await bench.go();
    expect(bench.server.applied).toHaveLength(2);
    expect(await bench.seqs('sent')).toEqual([1, 2]);
  });

  test('an edit typed between two attempts is a command of its own', async () => {
    bench.server.trouble = ({ path }, serve) => {
      if (path !== '/v1/sync/push') return undefined;
      serve();
      return 'lost';
    };
    await bench.set('1', 'a');
    await expect(bench.go()).rejects.toThrow();
    await bench.set('1', 'b');
    bench.server.trouble = () => undefined;
    await bench.go();
    expect(bench.server.applied.map(({ args }) => args.value)).toEqual(['a', 'b']);
    expect((await bench.table('sent')).every((row) => row.outcome === 'applied')).toBe(true);
  });

  test('a page killed at any moment of a pass loses nothing and doubles nothing', async () => {
    for (let steps = 0; steps < 400; steps += 7) {
      bench = await new Bench().open();
      await bench.set('1', 'a');
      await bench.photograph();
      await bench.set('2', 'b');
      void bench.go().catch(() => undefined);
      for (let step = 0; step < steps; step++) await Promise.resolve();
      bench.disk.kill(steps % 5);
      await bench.open();
      await bench.go();
      await bench.go();
      expect(bench.server.applied.map(({ op }) => op)).toEqual([
        'drawers.set',
        'drawers.attach',
        'drawers.set',
      ]);
      expect(await bench.seqs('outbox')).toEqual([]);
      expect([...bench.server.blobs.values()].map(sha)).toEqual([...bench.server.blobs.keys()]);
      expect(bench.server.blobs.size).toBe(2);
    }
  });
});

describe('what is not an answer', () => {
  test('a captive portal that says 200 to everything takes nothing', async () => {
    bench.server.trouble = () => portal();
    await bench.set('1', 'a');
    await expect(bench.go()).rejects.toThrow();
    expect(await bench.seqs('outbox')).toEqual([1]);
    expect((await readTruth(bench.kit.phone)).state).toBe('device');
  });

  test('a login page in the place of an upload is not a stored photo', async () => {
    await bench.photograph();
    bench.server.trouble = ({ path }) => (path.startsWith('/v1/uploads') ? portal(201) : undefined);
    await expect(bench.go()).rejects.toThrow();
    const photos = await bench.table('blob');
    expect(photos.every((blob) => blob.state !== 'stored')).toBe(true);
  });

  test('an answer to another question is not believed', async () => {
    bench.server.trouble = ({ path }, serve) => {
      if (path !== '/v1/sync/push') return undefined;
      const bytes = new TextEncoder().encode(
        JSON.stringify({ proto: 1, req: 'other', results: [] }),
      );
      return { ...serve(), bytes };
    };
    await bench.set('1', 'a');
    await expect(bench.go()).rejects.toThrow();
    expect(await bench.seqs('outbox')).toEqual([1]);
  });
});

test('a 401 parks the drive and leaves the outbox untouched', async () => {
  await bench.set('1', 'a');
  await bench.photograph();
  bench.server.trouble = () => problem(401, 'session_ended');
  const drive = bench.drive();
  await drive.fly();
  expect(await readMeta(bench.kit.phone, 'pulse')).toMatchObject({ state: 'auth_needed' });
  expect(await bench.seqs('outbox')).toEqual([1, 2]);
  expect(await bench.table('bytes')).toHaveLength(1);
  bench.server.trouble = () => undefined;
  drive.nudge('person');
  await until(async () => (await bench.seqs('outbox')).length === 0);
  expect(bench.server.applied).toHaveLength(2);
});

test('a busy server is obeyed, and blames nobody', async () => {
  await bench.set('1', 'a');
  bench.server.trouble = () => problem(503, 'busy', { 'Retry-After': '7' });
  const drive = bench.drive();
  await drive.fly();
  const pulse = await readMeta(bench.kit.phone, 'pulse');
  expect(pulse).toMatchObject({ state: 'waiting', problem: 'busy' });
  expect(pulse.next_try_at).toBe(bench.kit.clock.now() + 7_000);
  expect((await bench.table('outbox'))[0]?.failures).toBe(0);
});

test('a batch too large for a proxy is halved until it passes', async () => {
  for (let n = 0; n < 12; n++) await bench.set(String(n), n);
  bench.server.trouble = (request) => {
    if (request.path !== '/v1/sync/push') return undefined;
    return (said(request).commands as unknown[]).length > 3 ? problem(413, 'too_large') : undefined;
  };
  await bench.go();
  expect(bench.server.applied).toHaveLength(12);
});

test('a session of somebody else never sends this person’s work', async () => {
  await bench.set('1', 'a');
  bench.server.trouble = ({ path }, serve) => {
    if (path !== '/v1/sync/hello') return undefined;
    const answer = serve();
    const other = { ...JSON.parse(new TextDecoder().decode(answer.bytes)), actor: { id: 'bob' } };
    return { ...answer, bytes: new TextEncoder().encode(JSON.stringify(other)) };
  };
  await expect(bench.go()).rejects.toThrow('actor_mismatch');
  expect(bench.server.applied).toEqual([]);
});

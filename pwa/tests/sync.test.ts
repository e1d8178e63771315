import { beforeEach, describe, expect, test } from 'vitest';
import { readAttention } from '@/foundation/attention';
import { develop } from '@/foundation/evidence/captured';
import { put } from '@/foundation/outbox/put';
import { readKind, readOne } from '@/foundation/reading';
import { readMeta } from '@/foundation/store/meta';
import type { Rows, TableName } from '@/foundation/store/tables';
import { readTruth } from '@/foundation/truth';
import { MemoryDisk } from '@/sim/memory';
import { plainVault } from '@/sim/vault';
import { Drive } from '@/sync/drive';
import { Line } from '@/sync/line';
import { pass } from '@/sync/pass';
import { type Kit, phoneOver } from './kit';
import { FakeServer, portal, problem, said, sha } from './server';

let disk: MemoryDisk;
let kit: Kit;
let server: FakeServer;
let line: Line;

beforeEach(async () => {
  disk = new MemoryDisk();
  server = new FakeServer();
  await open();
});

/** A page opens over the same disk, as after a kill. */
async function open() {
  kit = await phoneOver(disk.connect(), plainVault);
  line = new Line(kit.phone, server, 1);
}

const set = (item: string, value: unknown, id = 'd1') =>
  put(kit.phone, { op: 'drawers.set', rec: ['drawer', id], args: { item, value } });

const go = (check = false) => pass(line, { lanes: 2, check });
const table = <T extends TableName>(name: T): Promise<Rows[T][]> =>
  kit.store.read([name], (tx) => tx.all(name));
const seqs = async (name: 'outbox' | 'sent') => (await table(name)).map((row) => row.seq);

async function photograph(text = 'a photo of the drawer') {
  const bytes = new TextEncoder().encode(text);
  const shot = { bytes, type: 'image/jpeg', source: 'camera' as const, geo: null, token: null };
  const captured = await develop(kit.phone, { ...shot, ref: 'drawer:d1' }, async () => ({
    width: 4,
    height: 3,
    bytes: new TextEncoder().encode(`small ${text}`),
    type: 'image/jpeg',
  }));
  const { photo } = captured;
  const command = {
    op: 'drawers.attach',
    rec: ['drawer', 'd1'] as [string, string],
    args: { photo },
  };
  await put(kit.phone, { ...command, blobs: [photo.sha256] }, [captured]);
  return photo;
}

test('an edit travels, its preview gives way to the truth, and the line says so in three steps', async () => {
  await set('3.6', 'fail');
  expect((await readTruth(kit.phone)).state).toBe('device');
  await go();
  expect(server.applied.map(({ args }) => args)).toEqual([{ item: '3.6', value: 'fail' }]);
  expect(await seqs('outbox')).toEqual([]);
  expect(await table('local')).toEqual([]);
  const shown = await readOne(kit.phone, ['drawer', 'd1']);
  expect(shown?.body).toEqual({ answers: { '3.6': 'fail' } });
  expect((await readTruth(kit.phone)).state).toBe('verified');
});

describe('answers lost on the way', () => {
  test('after the commit: the same command again, applied once', async () => {
    let lost = 0;
    server.trouble = ({ path }, serve) => {
      if (path !== '/v1/sync/push' || lost++ > 1) return undefined;
      serve();
      return 'lost';
    };
    await set('1', 'a');
    await set('2', 'b');
    await expect(go()).rejects.toThrow();
    await expect(go()).rejects.toThrow();
    await go();
    expect(server.applied).toHaveLength(2);
    expect(await seqs('sent')).toEqual([1, 2]);
  });

  test('an edit typed between two attempts is a command of its own', async () => {
    server.trouble = ({ path }, serve) => {
      if (path !== '/v1/sync/push') return undefined;
      serve();
      return 'lost';
    };
    await set('1', 'a');
    await expect(go()).rejects.toThrow();
    await set('1', 'b');
    server.trouble = () => undefined;
    await go();
    expect(server.applied.map(({ args }) => args.value)).toEqual(['a', 'b']);
    expect((await table('sent')).every((row) => row.outcome === 'applied')).toBe(true);
  });

  test('a page killed at any moment of a pass loses nothing and doubles nothing', async () => {
    for (let steps = 0; steps < 400; steps += 7) {
      disk = new MemoryDisk();
      server = new FakeServer();
      await open();
      await set('1', 'a');
      await photograph();
      await set('2', 'b');
      void go().catch(() => undefined);
      for (let step = 0; step < steps; step++) await Promise.resolve();
      disk.kill(steps % 5);
      await open();
      await go();
      await go();
      expect(server.applied.map(({ op }) => op)).toEqual([
        'drawers.set',
        'drawers.attach',
        'drawers.set',
      ]);
      expect(await seqs('outbox')).toEqual([]);
      expect([...server.blobs.values()].map(sha)).toEqual([...server.blobs.keys()]);
      expect(server.blobs.size).toBe(2);
    }
  });
});

describe('what is not an answer', () => {
  test('a captive portal that says 200 to everything takes nothing', async () => {
    server.trouble = () => portal();
    await set('1', 'a');
    await expect(go()).rejects.toThrow();
    expect(await seqs('outbox')).toEqual([1]);
    expect((await readTruth(kit.phone)).state).toBe('device');
  });

  test('a login page in the place of an upload is not a stored photo', async () => {
    await photograph();
    server.trouble = ({ path }) => (path.startsWith('/v1/uploads') ? portal(201) : undefined);
    await expect(go()).rejects.toThrow();
    const photos = await table('blob');
    expect(photos.every((blob) => blob.state !== 'stored')).toBe(true);
  });

  test('an answer to another question is not believed', async () => {
    server.trouble = ({ path }, serve) => {
      if (path !== '/v1/sync/push') return undefined;
      const bytes = new TextEncoder().encode(
        JSON.stringify({ proto: 1, req: 'other', results: [] }),
      );
      return { ...serve(), bytes };
    };
    await set('1', 'a');
    await expect(go()).rejects.toThrow();
    expect(await seqs('outbox')).toEqual([1]);
  });
});

test('a 401 parks the drive and leaves the outbox untouched', async () => {
  await set('1', 'a');
  await photograph();
  server.trouble = () => problem(401, 'session_ended');
  const drive = driveOver();
  await drive.fly();
  expect(await readMeta(kit.phone, 'pulse')).toMatchObject({ state: 'auth_needed' });
  expect(await seqs('outbox')).toEqual([1, 2]);
  expect(await table('bytes')).toHaveLength(1);
  server.trouble = () => undefined;
  drive.nudge('person');
  await until(async () => (await seqs('outbox')).length === 0);
  expect(server.applied).toHaveLength(2);
});

test('two drains at once do no harm', async () => {
  await set('1', 'a');
  await photograph();
  const second = await phoneOver(disk.connect(), plainVault);
  const other = new Line(second.phone, server, 1);
  await Promise.allSettled([go(), pass(other, { lanes: 2, check: false })]);
  await go();
  expect(server.applied).toHaveLength(2);
  expect(await seqs('outbox')).toEqual([]);
});

test('a refusal is a receipt: the queue moves, the words stay in the tray', async () => {
  server.refuses.add('drawers.remove');
  await set('1', 'a');
  await put(kit.phone, { op: 'drawers.remove', rec: ['drawer', 'd1'], args: { why: 'moved out' } });
  await set('2', 'b');
  await go();
  expect(await seqs('outbox')).toEqual([]);
  const [tray] = await readAttention(kit.phone);
  expect(tray).toMatchObject({
    status: 'rejected',
    code: 'forbidden',
    asked: { why: 'moved out' },
  });
  expect((await readOne(kit.phone, ['drawer', 'd1']))?.body).toEqual({
    answers: { 1: 'a', 2: 'b' },
  });
});

test('a command the server dies of is taken out, and nothing behind it waits', async () => {
  server.dies.add('drawers.explode');
  await set('1', 'a');
  await put(kit.phone, { op: 'drawers.explode', rec: ['drawer', 'd1'], args: { words: 'kept' } });
  for (let n = 3; n < 9; n++) await set(String(n), n);
  for (let tries = 0; tries < 12; tries++) await go().catch(() => undefined);
  expect(server.applied).toHaveLength(7);
  expect(server.escrowed).toHaveLength(1);
  expect(atob(String(server.escrowed[0]?.raw))).toContain('kept');
  expect((await readAttention(kit.phone))[0]).toMatchObject({
    status: 'escrowed',
    asked: { words: 'kept' },
  });
});

test('where even the escrow refuses, the number is filled and the words stay here', async () => {
  server.dies.add('drawers.explode');
  await put(kit.phone, { op: 'drawers.explode', rec: ['drawer', 'd1'], args: { words: 'kept' } });
  await set('1', 'a');
  server.trouble = ({ path }) =>
    path === '/v1/sync/escrow' ? problem(422, 'escrow_full') : undefined;
  for (let tries = 0; tries < 12; tries++) await go().catch(() => undefined);
  expect(server.applied).toHaveLength(1);
  expect((await readAttention(kit.phone))[0]?.facts).toEqual({
    asked: { op: 'drawers.explode', args: { words: 'kept' } },
  });
});

test('a busy server is obeyed, and blames nobody', async () => {
  await set('1', 'a');
  server.trouble = () => problem(503, 'busy', { 'Retry-After': '7' });
  const drive = driveOver();
  await drive.fly();
  const pulse = await readMeta(kit.phone, 'pulse');
  expect(pulse).toMatchObject({ state: 'waiting', problem: 'busy' });
  expect(pulse.next_try_at).toBe(kit.clock.now() + 7_000);
  expect((await table('outbox'))[0]?.failures).toBe(0);
});

describe('scopes', () => {
  test('a lost scope goes, except what unsent work refers to, and that goes once it is sent', async () => {
    server.place('drawer', 'd1', { answers: {} });
    server.place('drawer', 'd2', { answers: {} });
    await go();
    await set('1', 'a');
    server.scopes.delete('org');
    server.trouble = ({ path }) => (path === '/v1/sync/push' ? 'lost' : undefined);
    await expect(go()).rejects.toThrow();
    // The push fails, the pull is asked for on its own.
    const { pullAll } = await import('@/sync/pull');
    await pullAll(line, false);
    expect((await table('rec')).map((row) => row.id)).toEqual(['d1']);
    expect((await readKind(kit.phone, 'drawer')).map((row) => row.id)).toEqual(['d1']);
    server.trouble = () => undefined;
    await go();
    expect(await table('rec')).toEqual([]);
    expect(await readKind(kit.phone, 'drawer')).toEqual([]);
    expect(server.applied).toHaveLength(1);
  });

  test('a pull under a pending edit shows both: the news and the edit', async () => {
    server.place('drawer', 'd1', { answers: { 1: 'old' } });
    await go();
    await set('2', 'mine');
    server.place('drawer', 'd1', { answers: { 1: 'news' } });
    server.trouble = ({ path }) => (path === '/v1/sync/push' ? 'lost' : undefined);
    const { pullAll } = await import('@/sync/pull');
    await pullAll(line, false);
    const shown = await readOne(kit.phone, ['drawer', 'd1']);
    expect(shown?.body).toEqual({ answers: { 1: 'news', 2: 'mine' } });
  });

  test('a row lost from the phone is noticed by the check and fetched again', async () => {
    for (let n = 0; n < 5; n++) server.place('drawer', `d${n}`, { n });
    await go();
    await kit.store.write(['rec'], async (tx) => tx.remove('rec', ['drawer', 'd3']));
    await go(true);
    expect(await table('rec')).toHaveLength(5);
  });

  test('kinds this build does not know are kept as they came', async () => {
    server.place('umbrella', 'u1', { colour: 'red' });
    await go();
    expect((await readOne(kit.phone, ['umbrella', 'u1']))?.body).toEqual({ colour: 'red' });
  });

  test('pages follow one another until everything is here', async () => {
    line.rows_max = 3;
    for (let n = 0; n < 10; n++) server.place('drawer', `d${n}`, { n });
    await go();
    expect(await table('rec')).toHaveLength(10);
  });
});

test('a server restored from yesterday gets everything again that it has forgotten', async () => {
  await set('1', 'a');
  const photo = await photograph();
  await go();
  const old = server;
  server = new FakeServer();
  server.epoch = 'epoch-2';
  line = new Line(kit.phone, server, 1);
  await set('2', 'b');
  await go();
  await go();
  expect(server.applied.map(({ id }) => id).slice(0, 2)).toEqual(old.applied.map(({ id }) => id));
  expect(server.applied).toHaveLength(3);
  expect(server.blobs.has(photo.sha256)).toBe(true);
  expect((await readOne(kit.phone, ['drawer', 'd1']))?.rev).toBe(3);
});

test('numbers that an earlier life of this device used are given up by commands that never left', async () => {
  server.last_seq = 40;
  await set('1', 'a');
  await set('2', 'b');
  await go();
  expect(await seqs('sent')).toEqual([41, 42]);
  await set('3', 'c');
  await go();
  expect(server.applied).toHaveLength(3);
});

test('a hole in the order is filled, so that the queue moves on', async () => {
  await set('1', 'a');
  await go();
  await kit.store.write(['sent'], async (tx) => tx.remove('sent', 1));
  server.last_seq = 0;
  server.verdicts.clear();
  await set('2', 'b');
  await go();
  expect(server.last_seq).toBe(2);
  expect(await seqs('outbox')).toEqual([]);
});

describe('photographs', () => {
  test('text first, then thumbnails, then originals', async () => {
    await photograph('one');
    await set('1', 'a');
    await go();
    const order = server.requests.map(({ path, body }) =>
      path === '/v1/uploads' ? String((body as Uint8Array).length) : path,
    );
    const first = order.indexOf('9');
    expect(order.indexOf('/v1/sync/push')).toBeLessThan(first);
    expect(first).toBeLessThan(order.indexOf('3'));
  });

  test('a cut line goes on where the server stands, and the bytes are equal', async () => {
    const text = 'x'.repeat(300_000);
    const photo = await photograph(text);
    line.chunk_bytes = 65_536;
    let count = 0;
    server.trouble = ({ path }, serve) => {
      if (!path.startsWith('/v1/uploads')) return undefined;
      count++;
      if (count === 3) return 'lost';
      if (count === 5) {
        serve();
        return 'lost';
      }
      return undefined;
    };
    for (let tries = 0; tries < 4; tries++) await go().catch(() => undefined);
    expect(new TextDecoder().decode(server.blobs.get(photo.sha256))).toBe(text);
  });

  test('spoilt bytes are never sent as what they are not: kept, and shown', async () => {
    const photo = await photograph();
    disk.rot(photo.sha256);
    await go();
    expect(server.blobs.has(photo.sha256)).toBe(false);
    expect((await table('blob')).find(({ id }) => id === photo.sha256)?.state).toBe('damaged');
    expect((await readAttention(kit.phone))[0]).toMatchObject({ status: 'damaged' });
    expect((await readTruth(kit.phone)).state).toBe('device');
  });

  test('unsent bytes survive a full storage; stored and durable ones make room', async () => {
    const sent = await photograph('sent');
    await go();
    const unsent = await photograph('unsent');
    server.trouble = ({ path }) => (path === '/v1/uploads' ? 'lost' : undefined);
    kit.phone.ports.room = { estimate: async () => ({ used: 99, quota: 100, persisted: true }) };
    const { tidy } = await import('@/sync/keeping');
    await go().catch(() => undefined);
    await tidy(kit.phone);
    const ids = (await table('bytes')).map(({ id }) => id);
    expect(ids).toContain(unsent.sha256);
    expect(ids).not.toContain(sent.sha256);
  });
});

test('a batch too large for a proxy is halved until it passes', async () => {
  for (let n = 0; n < 12; n++) await set(String(n), n);
  server.trouble = (request) => {
    if (request.path !== '/v1/sync/push') return undefined;
    return (said(request).commands as unknown[]).length > 3 ? problem(413, 'too_large') : undefined;
  };
  await go();
  expect(server.applied).toHaveLength(12);
});

test('a session of somebody else never sends this person’s work', async () => {
  await set('1', 'a');
  server.trouble = ({ path }, serve) => {
    if (path !== '/v1/sync/hello') return undefined;
    const answer = serve();
    const other = { ...JSON.parse(new TextDecoder().decode(answer.bytes)), actor: { id: 'bob' } };
    return { ...answer, bytes: new TextEncoder().encode(JSON.stringify(other)) };
  };
  await expect(go()).rejects.toThrow('actor_mismatch');
  expect(server.applied).toEqual([]);
});

function driveOver(): Drive {
  const locks = {
    async tryHold(_: string, work: () => Promise<void>) {
      await work();
      return true;
    },
  };
  return new Drive(line, locks, { visible: () => true, lanes: () => 2 });
}

async function until(met: () => Promise<boolean>) {
  for (let tries = 0; tries < 200; tries++) {
    if (await met()) return;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  throw new Error('it did not come to that');
}

import { beforeEach, describe, expect, test } from 'vitest';
import { readAttention } from '@/foundation/attention';
import { readTruth } from '@/foundation/truth';
import { tidy } from '@/sync/keeping';
import { pass } from '@/sync/pass';
import { Bench } from './bench';

let bench: Bench;

beforeEach(async () => {
  bench = await new Bench().open();
});

describe('photographs', () => {
  test('text first, then thumbnails, then originals', async () => {
    await bench.photograph('one');
    await bench.set('1', 'a');
    await bench.go();
    const order = bench.server.requests.map(({ path, body }) =>
      path === '/v1/uploads' ? String((body as Uint8Array).length) : path,
    );
    const first = order.indexOf('9');
    expect(order.indexOf('/v1/sync/push')).toBeLessThan(first);
    expect(first).toBeLessThan(order.indexOf('3'));
  });

  test('a cut line goes on where the server stands, and the bytes are equal', async () => {
    const text = 'x'.repeat(300_000);
    const photo = await bench.photograph(text);
    bench.line.chunk_bytes = 65_536;
    let count = 0;
    bench.server.trouble = ({ path }, serve) => {
      if (!path.startsWith('/v1/uploads')) return undefined;
      count++;
      if (count === 3) return 'lost';
      if (count === 5) {
        serve();
        return 'lost';
      }
      return undefined;
    };
    for (let tries = 0; tries < 4; tries++) await bench.go().catch(() => undefined);
    expect(new TextDecoder().decode(bench.server.blobs.get(photo.sha256))).toBe(text);
  });

  test('spoilt bytes are never sent as what they are not: kept, and shown', async () => {
    const photo = await bench.photograph();
    bench.disk.rot(photo.sha256);
    await bench.go();
    expect(bench.server.blobs.has(photo.sha256)).toBe(false);
    expect((await bench.table('blob')).find(({ id }) => id === photo.sha256)?.state).toBe(
      'damaged',
    );
    expect((await readAttention(bench.kit.phone))[0]).toMatchObject({ status: 'damaged' });
    expect((await readTruth(bench.kit.phone)).state).toBe('device');
  });

  test('unsent bytes survive a full storage; stored and durable ones make room', async () => {
    const sent = await bench.photograph('sent');
    await bench.go();
    const unsent = await bench.photograph('unsent');
    bench.server.trouble = ({ path }) => (path === '/v1/uploads' ? 'lost' : undefined);
    bench.kit.phone.ports.room = {
      estimate: async () => ({ used: 99, quota: 100, persisted: true }),
    };
    await bench.go().catch(() => undefined);
    await tidy(bench.kit.phone);
    const ids = (await bench.table('bytes')).map(({ id }) => id);
    expect(ids).toContain(unsent.sha256);
    expect(ids).not.toContain(sent.sha256);
  });
});

const questions = () =>
  bench.server.requests.filter(({ path }) => path === '/v1/blobs/need').length;

test('what a push answer asks for is sent without another question', async () => {
  await bench.photograph('one');
  await bench.go();
  expect(questions()).toBe(0);
  expect(bench.server.blobs.size).toBe(2);
});

test('what an earlier push named is asked about again: it may have arrived meanwhile', async () => {
  await bench.photograph('one');
  bench.server.trouble = ({ path }, serve) => {
    if (path !== '/v1/uploads') return undefined;
    serve();
    return 'lost';
  };
  await bench.go().catch(() => undefined);
  bench.server.trouble = () => undefined;
  await bench.photograph('two');
  await bench.go();
  expect(questions()).toBe(1);
  expect(bench.server.blobs.size).toBe(4);
  expect((await bench.table('blob')).map(({ state }) => state)).toEqual(Array(4).fill('stored'));
});

test('an answer typed while four photos travel is sent once, and stops none of them', async () => {
  for (const text of ['one', 'two', 'three', 'four']) await bench.photograph(text);
  let typed = false;
  bench.server.trouble = ({ path }) => {
    if (path === '/v1/sync/pull' && !typed) {
      typed = true;
      void bench.set('1', 'typed meanwhile');
    }
    return undefined;
  };
  await pass(bench.line, { lanes: 4, check: false });
  expect(bench.server.blobs.size).toBe(8);
  expect(bench.server.applied).toHaveLength(5);
  const pushes = bench.server.requests.filter(({ path }) => path === '/v1/sync/push');
  expect(pushes).toHaveLength(2);
});

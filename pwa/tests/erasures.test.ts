import { beforeEach, describe, expect, test } from 'vitest';
import { readAttention } from '@/foundation/attention';
import { readKind } from '@/foundation/reading';
import type { TableName } from '@/foundation/store/tables';
import { Bench } from './bench';

let bench: Bench;

beforeEach(async () => {
  bench = await new Bench().open();
});

const D1 = ['drawer', 'd1'];

/** Everything of the drawer and its photographs that still lies on the phone. */
async function left(...digests: string[]): Promise<string[]> {
  const found: string[] = [];
  for (const name of ['rec', 'local', 'outbox', 'sent', 'attention'] as TableName[])
    for (const row of (await bench.table(name)) as { kind?: string; id: string; rec?: unknown }[])
      if (row.kind === 'drawer' || JSON.stringify(row.rec) === JSON.stringify(D1)) found.push(name);
  for (const name of ['blob', 'bytes', 'thumb'] as const)
    for (const { id } of await bench.table(name))
      if (digests.includes(id.split('@')[0]!)) found.push(name);
  return found;
}

const lines = async () =>
  (await readAttention(bench.kit.phone)).map(({ code, rec, facts, asked }) => ({
    code,
    rec,
    facts,
    asked,
  }));

const ONE_LINE = [{ code: 'record_erased', rec: null, facts: {}, asked: null }];

describe('a record that is erased', () => {
  test('goes with everything that was sent of it, its photographs and what was fetched', async () => {
    const photo = await bench.photograph();
    await bench.set('1', 'words');
    await bench.go();
    bench.server.place('photo', photo.id, { ...photo, parent: D1, state: 'accepted' });
    await bench.go();
    const digests = [photo.sha256, photo.thumb!];
    await bench.kit.store.write(['blob', 'bytes'], async (tx) => {
      const blob = (await tx.get('blob', photo.sha256))!;
      const own = { own: false, state: 'held' as const, refs: [] };
      tx.put('blob', { ...blob, ...own, id: `${photo.sha256}@320`, role: 'rendition' });
      tx.put('bytes', { ...(await tx.get('bytes', photo.sha256))!, id: `${photo.sha256}@320` });
    });
    bench.server.erase('photo', photo.id, { digests, within: D1 });
    bench.server.erase('drawer', 'd1');
    await bench.go(true);
    expect(await left(...digests)).toEqual([]);
    expect(await lines()).toEqual([]);
    expect(await readKind(bench.kit.phone, 'photo')).toEqual([]);
  });

  test('keeps unsent work until the server has answered, then says in one line that it is gone', async () => {
    await bench.set('1', 'sent');
    await bench.go();
    bench.server.erase('drawer', 'd1');
    bench.server.trouble = ({ path }) => (path === '/v1/sync/push' ? 'lost' : undefined);
    const photo = await bench.photograph();
    await bench.set('1', 'unsent words');
    await bench.go().catch(() => undefined);
    expect(await bench.seqs('outbox')).toEqual([2, 3]);
    bench.server.trouble = () => undefined;
    await bench.go();
    expect(await bench.seqs('outbox')).toEqual([]);
    expect(await left(photo.sha256, photo.thumb!)).toEqual([]);
    expect(await lines()).toEqual(ONE_LINE);
    expect(bench.server.blobs.size).toBe(0);
  });

  test('unsent work outlives the news of it: pulled first, answered later', async () => {
    await bench.set('1', 'sent');
    await bench.go();
    const photo = await bench.photograph();
    bench.server.erase('drawer', 'd1', { digests: [photo.sha256] });
    bench.line.batch_max = 1;
    let pushes = 0;
    bench.server.trouble = ({ path }, serve) => {
      if (path !== '/v1/sync/push') return undefined;
      if (pushes++ > 0) return serve();
      return { ...serve(), status: 503, bytes: new TextEncoder().encode('{"code":"busy"}') };
    };
    await bench.go().catch(() => undefined);
    expect((await bench.table('bytes')).map(({ id }) => id)).toContain(photo.sha256);
    expect(await bench.seqs('outbox')).toEqual([2]);
    await bench.go();
    expect(await left(photo.sha256, photo.thumb!)).toEqual([]);
    expect(await lines()).toEqual(ONE_LINE);
  });

  test('an answer that was lost brings nothing back', async () => {
    await bench.set('1', 'taken, but who knows');
    bench.server.trouble = ({ path }, serve) => {
      if (path !== '/v1/sync/push') return undefined;
      serve();
      return 'lost';
    };
    await bench.go().catch(() => undefined);
    bench.server.erase('drawer', 'd1');
    bench.server.trouble = ({ path }) => (path === '/v1/sync/push' ? 'lost' : undefined);
    await bench.go().catch(() => undefined);
    bench.server.trouble = () => undefined;
    await bench.go();
    await bench.go();
    expect(await left()).toEqual([]);
    expect(bench.server.applied).toHaveLength(1);
  });

  test('what was refused of it waits for nobody any more, and that is said', async () => {
    bench.server.refuses.add('drawers.set');
    await bench.set('1', 'refused words');
    await bench.go();
    expect((await lines())[0]).toMatchObject({ code: 'forbidden', rec: D1 });
    bench.server.erase('drawer', 'd1');
    await bench.go();
    expect(await left()).toEqual([]);
    expect(await lines()).toEqual(ONE_LINE);
  });

  test('the command that erased it stays, for a server restored from before', async () => {
    await bench.set('1', 'words');
    await bench.go();
    await bench.set('2', 'take it away');
    await bench.go();
    const [, last] = await bench.table('sent');
    bench.server.erase('drawer', 'd1', { cause: last!.id });
    await bench.go();
    expect((await bench.table('sent')).map(({ id }) => id)).toEqual([last!.id]);
  });

  test('a restored server is told the numbers that are gone by commands that do nothing', async () => {
    await bench.set('1', 'words');
    await bench.go();
    await bench.set('1', 'other', 'd2');
    await bench.go();
    bench.server.erase('drawer', 'd1');
    await bench.go();
    const restored = Object.assign(bench.server, { epoch: 'epoch-2', last_seq: 0, durable: 0 });
    restored.verdicts.clear();
    restored.applied = [];
    bench.meet(restored);
    await bench.go().catch(() => undefined);
    await bench.go();
    expect(restored.applied.map(({ rec }) => rec[1])).toEqual(['d2']);
    expect(restored.last_seq).toBe(2);
  });
});

describe('bytes', () => {
  test('that another living record shows stay', async () => {
    const first = await bench.photograph('the same picture');
    await bench.go();
    const second = await bench.photograph('the same picture');
    await bench.go();
    for (const { id } of [first, second])
      bench.server.place('photo', id, { ...first, id, parent: D1, state: 'accepted' });
    await bench.go();
    bench.server.erase('photo', first.id, { digests: [first.sha256, first.thumb!], within: D1 });
    bench.server.erased.delete(first.sha256);
    await bench.go();
    expect(await left(first.sha256)).toContain('bytes');
    const [blob] = (await bench.table('blob')).filter(({ id }) => id === first.sha256);
    expect(blob!.refs).toEqual(['drawer:d1']);
    bench.server.erase('photo', second.id, { digests: [first.sha256, first.thumb!], within: D1 });
    await bench.go();
    expect(await left(first.sha256, first.thumb!)).not.toContain('bytes');
  });

  test('two photographs of one picture, erased together, take it along', async () => {
    const first = await bench.photograph('twice');
    const second = await bench.photograph('twice');
    await bench.go();
    for (const { id } of [first, second])
      bench.server.place('photo', id, { ...first, id, parent: D1, state: 'accepted' });
    await bench.go();
    for (const { id } of [first, second])
      bench.server.erase('photo', id, { digests: [first.sha256, first.thumb!], within: D1 });
    await bench.go();
    for (const name of ['blob', 'bytes', 'thumb'] as const)
      expect(await bench.table(name)).toEqual([]);
  });

  test.each(['need', 'upload'])('that nobody wants any more are let go: %s', async (at) => {
    const photo = await bench.photograph();
    bench.server.trouble = ({ path }) => (path.startsWith('/v1/uploads') ? 'lost' : undefined);
    await bench.go().catch(() => undefined);
    bench.server.trouble = () => undefined;
    bench.server.erased.add(photo.sha256).add(photo.thumb!);
    if (at === 'upload')
      bench.server.trouble = ({ path, body }) => {
        if (path !== '/v1/blobs/need') return undefined;
        bench.server.trouble = () => undefined;
        const { req } = JSON.parse(String(body));
        const said = { proto: 1, req, have: [], need: [], partial: [], refused: [] };
        return {
          status: 200,
          header: () => null,
          bytes: new TextEncoder().encode(JSON.stringify(said)),
        };
      };
    await bench.go();
    for (const name of ['blob', 'bytes', 'thumb'] as const)
      expect(await bench.table(name)).toEqual([]);
    expect(await lines()).toEqual(ONE_LINE);
  });

  test('of a sealed photograph go, but not before they have arrived', async () => {
    const photo = await bench.photograph();
    bench.server.trouble = ({ path }) => (path.startsWith('/v1/uploads') ? 'lost' : undefined);
    await bench.go().catch(() => undefined);
    bench.server.place('photo', photo.id, { ...photo, parent: D1, state: 'sealed' });
    await bench.go().catch(() => undefined);
    expect((await bench.table('bytes')).map(({ id }) => id)).toEqual([photo.sha256]);
    bench.server.trouble = () => undefined;
    await bench.go();
    expect(bench.server.blobs.has(photo.sha256)).toBe(true);
    bench.server.place('photo', photo.id, { ...photo, parent: D1, state: 'sealed' });
    await bench.go();
    expect(await bench.table('bytes')).toEqual([]);
  });
});

import { describe, expect, test } from 'vitest';
import { develop } from '@/foundation/evidence/captured';
import { put } from '@/foundation/outbox/put';
import { readKind, readOne } from '@/foundation/reading';
import { readTruth } from '@/foundation/truth';
import { MemoryDisk } from '@/sim/memory';
import { plainVault } from '@/sim/vault';
import { indexed, type Kit, onDisk, onIndexedDb, phoneOver } from './kit';

const set = (item: string, value: unknown, id = 'd1') => ({
  op: 'drawers.set',
  rec: ['drawer', id] as [string, string],
  args: { item, value },
});

const outbox = ({ phone }: Kit) => phone.store.read(['outbox'], (tx) => tx.all('outbox'));

const shot = async (kit: Kit, text = 'photo bytes') =>
  develop(
    kit.phone,
    {
      bytes: new TextEncoder().encode(text),
      type: 'image/jpeg',
      source: 'camera',
      geo: null,
      ref: 'drawer:d1',
      token: null,
    },
    async () => ({ width: 4, height: 3, bytes: new Uint8Array([1, 2]), type: 'image/jpeg' }),
  );

const attach = (photo: { id: string; sha256: string }) => ({
  op: 'drawers.attach',
  rec: ['drawer', 'd1'] as [string, string],
  args: { photo },
  blobs: [photo.sha256],
});

describe.each([
  ['IndexedDB', onIndexedDb],
  ['the simulated store', () => onDisk()],
])('over %s', (_name, make) => {
  test('an edit shows at once and waits in order', async () => {
    const kit = await make();
    await put(kit.phone, set('3.6', 'fail'));
    await put(kit.phone, set('3.7', 'pass'));
    expect((await outbox(kit)).map((row) => row.seq)).toEqual([1, 2]);
    const shown = await readOne(kit.phone, ['drawer', 'd1']);
    expect(shown?.body).toEqual({ answers: { '3.6': 'fail', '3.7': 'pass' } });
    expect(shown?.pending).toBe(2);
  });

  test('a note typed in three keystrokes is one command with the last words', async () => {
    const kit = await make();
    const [first] = await put(kit.phone, set('3.6', 'n'));
    await put(kit.phone, set('3.6', 'no'));
    await put(kit.phone, set('3.6', 'no soap'));
    const rows = await outbox(kit);
    expect(rows).toHaveLength(1);
    expect(rows[0]).toMatchObject({ id: first?.id, seq: 1 });
    expect((await readOne(kit.phone, ['drawer', 'd1']))?.pending).toBe(1);
    await put(kit.phone, set('9', 'x', 'd2'));
    expect((await outbox(kit)).map((row) => row.seq)).toEqual([1, 2]);
  });

  test('an edit that may have left the phone is never changed afterwards', async () => {
    const kit = await make();
    await put(kit.phone, set('3.6', 'fail'));
    await kit.phone.store.write(['outbox'], async (tx) => {
      tx.put('outbox', { ...(await tx.get('outbox', 1))!, attempts: 1 });
    });
    await put(kit.phone, set('3.6', 'pass'));
    expect((await outbox(kit)).map((row) => row.seq)).toEqual([1, 2]);
  });

  test('a later command about the same record keeps two edits apart', async () => {
    const kit = await make();
    await put(kit.phone, set('3.6', 'fail'));
    const captured = await shot(kit);
    await put(kit.phone, attach(captured.photo), [captured]);
    await put(kit.phone, set('3.6', 'pass'));
    expect((await outbox(kit)).map((row) => row.op)).toEqual([
      'drawers.set',
      'drawers.attach',
      'drawers.set',
    ]);
  });

  test('a photo and its command are one: both are here, sealed, with the right digest', async () => {
    const kit = await make();
    const captured = await shot(kit);
    await put(kit.phone, attach(captured.photo), [captured]);
    const photos = await readKind(kit.phone, 'photo');
    expect(photos[0]?.body).toMatchObject({ sha256: captured.photo.sha256, state: 'awaited' });
    const bytes = await kit.phone.store.read(['bytes'], (tx) => tx.all('bytes'));
    expect(bytes).toHaveLength(1);
    const opened = await kit.phone.ports.vault.open(bytes[0]!.sealed);
    expect(new TextDecoder().decode(opened)).toBe('photo bytes');
    expect(new TextDecoder().decode(bytes[0]!.sealed.data)).not.toContain('photo');
    const truth = await readTruth(kit.phone);
    expect(truth.state).toBe('device');
    expect(truth.device).toMatchObject({ records: 1, commands: 1, photos: 1, bytes: 11 });
  });

  test('a group shares one mark and lies side by side', async () => {
    const kit = await make();
    await put(kit.phone, [set('1', 'a'), set('2', 'b')]);
    const rows = await outbox(kit);
    expect(rows).toHaveLength(2);
    expect(rows[0]?.group).toBeTruthy();
    expect(rows[0]?.group).toBe(rows[1]?.group);
  });

  test('a preview that removes the record hides it', async () => {
    const kit = await make();
    await put(kit.phone, set('1', 'a'));
    await put(kit.phone, { op: 'drawers.remove', rec: ['drawer', 'd1'], args: {} });
    expect(await readKind(kit.phone, 'drawer')).toEqual([]);
  });
});

test('two tabs typing at once lose nothing and leave no hole in the order', async () => {
  const [one, two] = [await phoneOver(indexed('tabs')), await phoneOver(indexed('tabs'))];
  await Promise.all(
    Array.from({ length: 10 }, (_, n) => put((n % 2 ? one : two).phone, set(`item ${n}`, n))),
  );
  expect((await outbox(one)).map((row) => row.seq)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  const shown = await readOne<{ answers: object }>(two.phone, ['drawer', 'd1']);
  expect(Object.keys(shown!.body.answers)).toHaveLength(10);
});

test('a full storage refuses the edit visibly and leaves everything as it was', async () => {
  const disk = new MemoryDisk();
  const kit = await onDisk(disk);
  await put(kit.phone, set('1', 'a'));
  const told: unknown[] = [];
  kit.phone.onEdit = (failure) => told.push((failure as DOMException | null)?.name ?? failure);
  disk.fault = () => new DOMException('full', 'QuotaExceededError');
  await expect(put(kit.phone, set('2', 'b'))).rejects.toThrow('full');
  disk.fault = null;
  await put(kit.phone, set('3', 'c'));
  expect(told).toEqual(['QuotaExceededError', null]);
  expect((await outbox(kit)).map((row) => row.seq)).toEqual([1, 2]);
  expect((await readOne(kit.phone, ['drawer', 'd1']))?.body).toEqual({
    answers: { 1: 'a', 3: 'c' },
  });
});

test('a page killed while an edit commits leaves all of it or nothing', async () => {
  const seen = new Set<number>();
  for (let steps = 0; steps < 160; steps++) {
    const disk = new MemoryDisk();
    const kit = await phoneOver(disk.connect(), plainVault, 7);
    const captured = await shot(kit);
    void put(kit.phone, attach(captured.photo), [captured]);
    for (let step = 0; step < steps; step++) await Promise.resolve();
    disk.kill(99);
    const after = disk.connect();
    const tables = ['outbox', 'bytes', 'blob', 'local'] as const;
    const counts = await after.read(tables, (tx) => Promise.all(tables.map((t) => tx.count(t))));
    expect([
      [0, 0, 0, 0],
      [1, 1, 2, 2],
    ]).toContainEqual(counts);
    seen.add(counts[0]!);
  }
  expect(seen).toEqual(new Set([0, 1]));
});

test('a kill takes back relaxed commits only, never a confirmed edit', async () => {
  const disk = new MemoryDisk();
  const kit = await onDisk(disk);
  await put(kit.phone, set('1', 'a'));
  await kit.phone.store.write(
    ['meta'],
    async (tx) => tx.put('meta', { key: 'x', value: 1 }),
    'relaxed',
  );
  expect(disk.kill(5)).toBe(1);
  const after = await onDisk(disk);
  expect((await outbox(after)).map((row) => row.seq)).toEqual([1]);
});

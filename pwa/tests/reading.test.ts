import { expect, test, vi } from 'vitest';
import { Phone } from '@/foundation/phone';
import { readKind } from '@/foundation/reading';
import { Bench } from './bench';

async function withDrawers(count: number): Promise<Bench> {
  const bench = await new Bench().open();
  for (let n = 0; n < count; n++) bench.server.place('drawer', `d${n}`, { answers: { n } });
  await bench.go();
  return bench;
}

/** The same database in a page that has opened nothing yet. */
const reopened = ({ kit: { phone } }: Bench): Phone =>
  new Phone(phone.ports, phone.device, phone.person, phone.catalogue);

test('two queries over one kind that run side by side open each record once', async () => {
  const phone = reopened(await withDrawers(5));
  const { vault } = phone.ports;
  const opened = vault.open;
  // As WebCrypto: on a thread of its own, so that both have asked before either is answered.
  const open = vi.spyOn(vault, 'open').mockImplementation(async (sealed) => {
    await new Promise((go) => setTimeout(go, 5));
    return opened(sealed);
  });
  const [first, second] = await Promise.all([readKind(phone, 'drawer'), readKind(phone, 'drawer')]);
  expect(first).toEqual(second);
  expect(first.map(({ body }) => body.answers)).toEqual([0, 1, 2, 3, 4].map((n) => ({ n })));
  await readKind(phone, 'drawer');
  expect(open).toHaveBeenCalledTimes(5);
  open.mockRestore();
});

test('a record that could not be opened is tried again by the next who asks', async () => {
  const phone = reopened(await withDrawers(1));
  const open = vi.spyOn(phone.ports.vault, 'open');
  open.mockRejectedValueOnce(new Error('no key yet'));
  await expect(readKind(phone, 'drawer')).rejects.toThrow('no key yet');
  expect(await readKind(phone, 'drawer')).toHaveLength(1);
  open.mockRestore();
});

test('a changed record is opened anew', async () => {
  const bench = await withDrawers(1);
  await readKind(bench.kit.phone, 'drawer');
  bench.server.place('drawer', 'd0', { answers: { n: 'news' } });
  await bench.go();
  const [drawer] = await readKind(bench.kit.phone, 'drawer');
  expect(drawer?.body.answers).toEqual({ n: 'news' });
});

import { expect, test, vi } from 'vitest';
import { Catalogue } from './catalogue';

test('two features that show photos each ask for their own', () => {
  const asks = (of: string, sha256: string) => ({
    downloads: {
      photo: (body: Record<string, unknown>) =>
        body.of === of ? [{ sha256, size: 320 as const }] : [],
    },
  });
  const catalogue = new Catalogue().declare(asks('case', 'a')).declare(asks('visit', 'b'));
  const wanted = (of: string) =>
    (catalogue.downloads.get('photo') ?? []).flatMap((ask) => ask({ of }, 'me'));
  expect(wanted('case')).toEqual([{ sha256: 'a', size: 320 }]);
  expect(wanted('visit')).toEqual([{ sha256: 'b', size: 320 }]);
});

test('nothing is guessed before the rules of every feature are here', async () => {
  let bring = () => {};
  const waited = new Promise<void>((done) => {
    bring = done;
  });
  const touches = () => [['case', 'c'] as [string, string]];
  const catalogue = new Catalogue().declareLater(async () => {
    await waited;
    return { rules: { previews: { 'case.close': { touches } } } };
  });
  const command = { op: 'case.close', rec: ['visit', 'v'] as [string, string], args: {} };
  const whole = catalogue.whole();
  expect(() => catalogue.touches(command)).toThrow('before the rules were here');
  bring();
  await whole;
  expect(catalogue.touches(command)).toEqual([['case', 'c']]);
  expect(catalogue.whole()).toBe(whole);
});

test('rules that a thin line lost are asked for again', async () => {
  vi.useFakeTimers();
  let tries = 0;
  const catalogue = new Catalogue().declareLater(async () => {
    if (++tries < 3) throw new Error('lost');
    return { rules: { previews: { 'case.close': { version: 2 } } } };
  });
  const whole = catalogue.whole();
  await vi.runAllTimersAsync();
  await whole;
  vi.useRealTimers();
  expect([tries, catalogue.version('case.close')]).toEqual([3, 2]);
});

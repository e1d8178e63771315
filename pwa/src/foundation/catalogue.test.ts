import { expect, test } from 'vitest';
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

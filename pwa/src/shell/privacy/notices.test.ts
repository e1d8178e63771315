import { expect, test } from 'vitest';
import { byNewest, draftOf, faultsOf, KINDS, type NoticeBody } from './notices';

const words = (text: string) => ({ zh: text, en: text });
const notice = (values: Partial<NoticeBody> = {}): NoticeBody => ({
  code: 'event',
  edition: '2026-1',
  title: words('t'),
  points: KINDS.map((kind) => ({ kind, text: words(kind) })),
  purposes: ['events.photos'],
  published_at: '2026-11-01T00:00:00.000Z',
  retired_at: null,
  ...values,
});

test('a new edition begins as a copy without a name, and the old one is left alone', () => {
  const old = notice();
  const draft = draftOf(old);
  expect(faultsOf(draft, ['2026-1'])).toEqual(['edition_missing']);
  draft.title.zh = '另一个';
  expect(old.title.zh).toBe('t');
  draft.edition = '2026-2';
  expect(faultsOf(draft, ['2026-1'])).toEqual([]);
});

test('what a notice leaves out is told before it is sent', () => {
  const draft = { ...draftOf(notice()), edition: '2026-1' };
  expect(faultsOf(draft, ['2026-1'])).toEqual(['edition_missing']);
  draft.edition = '2026-2';
  expect(faultsOf({ ...draft, title: { zh: '有', en: ' ' } }, [])).toEqual(['words_missing']);
  expect(faultsOf({ ...draft, points: draft.points.slice(1) }, [])).toEqual(['point_missing']);
  expect(faultsOf({ ...draft, purposes: [] }, [])).toEqual(['no_purposes']);
});

test('the edition in use stands first, then the newest that was retired', () => {
  const old = notice({ edition: 'a', retired_at: '2026-11-02T00:00:00.000Z' });
  const older = notice({ ...old, edition: 'b', published_at: '2026-10-01T00:00:00.000Z' });
  const used = notice({ edition: 'c', published_at: '2026-09-01T00:00:00.000Z' });
  const visit = notice({ code: 'visit' });
  const sorted = [visit, older, old, used]
    .sort(byNewest)
    .map(({ edition, code }) => edition + code);
  expect(sorted).toEqual(['cevent', 'aevent', 'bevent', '2026-1visit']);
});

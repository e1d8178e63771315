import { describe, expect, it } from 'vitest';
import type { View } from '@/foundation/savedViews/rules';
import { LISTS, people } from './lists';
import { begin, isSame, opened, type Reach } from './opening';
import { inWords, toldOf } from './telling';
import { en } from './words.en';

const both = (text: string) => ({ zh: text, en: text });
const REACH: Reach = {
  desks: new Set(['desk:river:service', 'desk:river:retail', 'desk:lake:service']),
  outlets: new Map([
    ['river', { name: both('Riverside'), closed_on: null }],
    ['lake', { name: both('Lakeside'), closed_on: '2026-11-27' }],
    ['hill', { name: both('Hilltop') }],
  ]),
  lines: new Map([
    ['service', { name: both('Service') }],
    ['retail', { name: both('Retail') }],
    ['security', { name: both('Security') }],
  ]),
  people: new Map([
    ['li', { name: 'Li Na', active: true }],
    ['hu', { name: 'Hu Bo', active: false }],
    ['an', { name: 'An Yi', active: true }],
  ]),
  today: '2026-11-27',
};
const KEYS = LISTS.cases.keys;
const view = (query: View['query'], more: Partial<View> = {}): View => ({
  id: 'v',
  name: 'Mine',
  list: 'cases',
  query,
  standard: false,
  ...more,
});
const nameOf = (kind: string, id: unknown) => {
  const place = kind === 'outlet' ? REACH.outlets.get(String(id)) : REACH.lines.get(String(id));
  return (kind === 'person' ? REACH.people.get(String(id))?.name : place?.name.zh) ?? '';
};

describe('what a saved view opens', () => {
  it.each([
    [
      { living: 'true', outlet: 'river', owner: 'li' },
      { living: 'true', outlet: 'river', owner: 'li' },
      [],
    ],
    [{ living: 'true', outlet: 'hill' }, { living: 'true' }, ['outlet unseen']],
    [{ outlet: 'sea' }, {}, ['outlet unknown']],
    [{ outlet: 'lake' }, { outlet: 'lake' }, ['outlet closed']],
    [{ line: 'security' }, {}, ['line unseen']],
    [{ line: 'retail' }, { line: 'retail' }, []],
    [{ outlet: 'lake', line: 'retail' }, { outlet: 'lake' }, ['outlet closed', 'line unseen']],
    [{ line: 'retail', outlet: 'lake' }, { outlet: 'lake' }, ['line unseen', 'outlet closed']],
    [{ outlet: 'hill', line: 'retail' }, { line: 'retail' }, ['outlet unseen']],
    [{ owner: 'hu' }, { owner: 'hu' }, ['owner left']],
    [{ owner: 'nobody' }, {}, ['owner unknown']],
    [{ state: 'open', mood: 'grim' }, { state: 'open' }, ['mood newer']],
    [{ state: ['open', 'closed'] }, {}, ['state newer']],
  ])('%o opens %o', (query, left, said) => {
    const { query: asked, told } = opened(view(query as View['query']), KEYS, REACH);
    expect(asked).toEqual(left);
    expect(told.map(({ key, why }) => `${key} ${why}`)).toEqual(said);
  });

  it('is everything for whoever sees everything', () => {
    const all = { ...REACH, desks: null };
    expect(opened(view({ outlet: 'hill', line: 'security' }), KEYS, all).told).toEqual([]);
  });

  it('is told in words, each thing once', () => {
    const { told } = opened(view({ outlet: 'hill', owner: 'nobody', a: '1', b: '2' }), KEYS, REACH);
    const said = toldOf(told, nameOf);
    expect(said).toBe(
      'Hilltop不在您现在的岗位范围内，已去掉这个条件。其中的整改人已经查不到，已去掉这个条件。有的条件本机的应用版本不认识，已去掉。',
    );
  });
});

describe('what a list begins with', () => {
  const views = [
    view({ living: 'true' }, { id: 'a' }),
    view({ outlet: 'hill', state: 'open' }, { id: 'b', standard: true }),
    view({ overdue: 'true' }, { id: 'r', list: 'rounds' }),
  ];
  const begins = (address: string, own = views) => {
    const { wanted, view: open } = begin(new URLSearchParams(address), 'cases', KEYS, own, REACH);
    return [Object.fromEntries(Object.entries(wanted).filter(([, value]) => value)), open];
  };

  it.each([
    ['', { state: 'open' }, 'b'],
    ['all=true', {}, ''],
    ['view=a', { living: 'true' }, 'a'],
    ['view=a&living=true&outlet=river', { living: 'true', outlet: 'river' }, 'a'],
    ['outlet=river', { outlet: 'river' }, ''],
    ['view=r', { state: 'open' }, 'b'],
    ['view=deleted', { state: 'open' }, 'b'],
  ])('%s', (address, wanted, open) => {
    expect(begins(address)).toEqual([wanted, open]);
  });

  it('nothing, where no view is the standard', () => {
    expect(begins('', views.slice(0, 1))).toEqual([{}, '']);
  });
});

it('a filter is the same whatever the order', () => {
  expect(isSame({ a: '1', b: '2' }, { b: '2', a: '1' })).toBe(true);
  expect(isSame({ a: '1' }, { a: '1', b: '2' })).toBe(false);
  expect(isSame({ a: '1', b: '2' }, { a: '1' })).toBe(false);
});

it('a view in words says what it asks for', () => {
  const query = {
    living: 'true',
    owner: 'li',
    outlet: 'river',
    since: '2026-11-01',
    item: 'i_ramp',
  };
  expect(inWords({ list: 'cases', query }, nameOf)).toBe(
    '未销号：是，Li Na，Riverside，从：11月1日，检查项',
  );
  expect(inWords({ list: 'cases', query: {} }, nameOf)).toBe('全部，不限条件');
});

it('people: oneself first, who has left only where they are asked for', () => {
  const offered = (owner: string) =>
    Object.values(people('cases', en, REACH.people, 'li', { owner }).choices);
  expect(offered('')).toEqual(['Li Na (me)', 'An Yi']);
  expect(offered('hu')).toEqual(['Li Na (me)', 'An Yi', 'Hu Bo']);
});

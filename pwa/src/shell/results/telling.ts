// A saved view in words: what it asks for, and what is different today.
import type { View } from '@/foundation/savedViews/rules';
import type { NameOf } from '@/parts/directory';
import { when } from '@/parts/words.svelte';
import { LISTS, type ListName, ownFilters } from './lists';
import type { Told } from './opening';
import { say } from './say';
import { sayViews } from './wordsOfViews';

const KINDS: Record<string, string> = {
  outlet: 'outlet',
  line: 'line',
  owner: 'person',
  assignee: 'person',
};
const DAYS = ['since', 'until', 'week'];

export const isList = (list: string): list is ListName => Object.hasOwn(LISTS, list);

/** Findings: Open: Yes, Riverside */
export function inWords({ list, query }: Pick<View, 'list' | 'query'>, nameOf: NameOf): string {
  const [w, v] = [say(), sayViews()];
  const own = isList(list) ? ownFilters(list, w) : [];
  const parts = Object.entries(query).map(([key, value]) => {
    const text = String(value);
    const kind = KINDS[key];
    if (kind) return nameOf(kind, text) || v.nameless[key] || '';
    if (DAYS.includes(key)) return w[key as 'since'] + v.colon + when(`${text}T04:00:00Z`, 'day');
    if (key === 'item') return w.item;
    const filter = own.find((one) => one.key === key);
    const choices: Record<string, string> = filter?.choices ?? {};
    return filter ? filter.name + v.colon + (choices[text] ?? text) : '';
  });
  return parts.filter(Boolean).join(w.comma) || v.everything;
}

/** What its owner has to know before they read the list. */
export function toldOf(told: readonly Told[], nameOf: NameOf): string {
  const v = sayViews();
  const said = told.map(({ key, id, why }) => {
    const name = nameOf(KINDS[key] ?? '', id) || v.nameless[key] || '';
    return v.why[why](name);
  });
  return [...new Set(said)].join(v.stop) + v.stop.trim();
}

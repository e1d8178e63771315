// The lists of results: where they are asked for, and by what they can be narrowed.
import type { zh } from './words.zh';

type Words = typeof zh;
export type ListName = 'rounds' | 'cases';

export const LISTS = {
  rounds: {
    path: '/v1/console/rounds',
    keys: ['state', 'overdue', 'incomplete', 'week', 'outlet', 'line', 'since', 'until'],
  },
  cases: {
    path: '/v1/console/cases',
    keys: [
      'state',
      'severity',
      'living',
      'overdue',
      'late',
      'on_spot',
      'item',
      'outlet',
      'line',
      'since',
      'until',
    ],
  },
} as const satisfies Record<ListName, { path: string; keys: readonly string[] }>;

/** The selects of a list, in the tongue of these words. */
export function ownFilters(list: ListName, w: Words) {
  const yes = (key: 'overdue' | 'incomplete' | 'living' | 'late' | 'on_spot') => ({
    key,
    name: w.flags[key],
    choices: w.yesNo,
  });
  return list === 'rounds'
    ? [{ key: 'state', name: w.state, choices: w.roundStates }, yes('overdue'), yes('incomplete')]
    : [
        { key: 'state', name: w.state, choices: w.caseStates },
        { key: 'severity', name: w.severity, choices: w.severities },
        yes('living'),
        yes('overdue'),
        yes('late'),
        yes('on_spot'),
      ];
}

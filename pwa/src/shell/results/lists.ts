// The lists of results: where they are asked for, and by what they can be narrowed.
import type { Someone } from './opening';
import type { zh } from './words.zh';

type Words = typeof zh;
export type ListName = 'rounds' | 'cases';

export const LISTS = {
  rounds: {
    path: '/v1/console/rounds',
    keys: [
      'state',
      'overdue',
      'incomplete',
      'assignee',
      'week',
      'outlet',
      'line',
      'since',
      'until',
    ],
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
      'owner',
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

/** Whose: oneself first, then by name. Who is not active any more is offered only where they are asked for. */
export function people(
  list: ListName,
  w: Words,
  known: ReadonlyMap<string, Someone>,
  me: string,
  asked: Record<string, string>,
) {
  const [key, name] = list === 'rounds' ? ['assignee', w.who] : ['owner', w.owner];
  const offered = [...known].filter(
    ([id, { active }]) => id !== me && (active || id === asked[key]),
  );
  offered.sort(([, a], [, b]) => a.name.localeCompare(b.name));
  const own = known.get(me);
  const choices = [
    ...(own ? [[me, w.oneself(own.name)]] : []),
    ...offered.map(([id, { name }]) => [id, name]),
  ];
  return { key, name, choices: Object.fromEntries(choices) as Record<string, string> };
}

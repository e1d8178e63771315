// The visits of one person as their lists: today's way, what they decide on, what comes, and the rest. Pure.
import { actsOf, waitsForMe } from './acts';
import { byTime, hasEnded, inOrder, isInHand, isMine } from './model';
import type { Desk, Known } from './stores';

export type GroupName = 'decide' | 'plan' | 'later' | 'review' | 'others' | 'ended';
export interface Groups {
  route: Known[];
  rest: { name: GroupName; visits: Known[] }[];
}
const ORDER: GroupName[] = ['decide', 'plan', 'later', 'review', 'others', 'ended'];

/** What is due and not yet handed in stays in today's way, also from a day before. */
export const isOnWay = ({ body }: Pick<Known, 'body'>, me: string, today: string): boolean =>
  isMine(body, me) && isInHand(body.state) && body.state !== 'postponed' && body.day <= today;

export function groupsOf({ visits, me, routes }: Desk, today: string): Groups {
  const order = routes.find((route) => route.day === today && route.person === me.id)?.order ?? [];
  const route = visits.filter((one) => isOnWay(one, me.id, today));
  const by = new Map<GroupName, Known[]>();
  for (const one of visits) {
    if (route.includes(one)) continue;
    const name = nameOf(one);
    by.set(name, [...(by.get(name) ?? []), one]);
  }
  function nameOf(one: Known): GroupName {
    const { body } = one;
    if (hasEnded(body.state)) return 'ended';
    if (waitsForMe(body, me)) return 'decide';
    if (isMine(body, me.id)) return body.state === 'submitted' ? 'review' : 'later';
    if (body.state === 'submitted') return 'others';
    return body.state !== 'scheduled' && actsOf(body, false, me).has('schedule')
      ? 'plan'
      : 'others';
  }
  const rest = ORDER.flatMap((name) => {
    const found = by.get(name);
    if (!found) return [];
    const sorted = [...found].sort((a, b) => byTime(a.body, b.body));
    return [{ name, visits: name === 'ended' ? sorted.reverse() : sorted }];
  });
  return { route: inOrder(route, order), rest };
}

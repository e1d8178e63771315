// Findings and how they are put right: what the frame needs to know of this feature.
import type { Contribution } from '@/parts/contribution';
import { mineToDecide } from './desk';
import { caseOf, isLiving } from './model';
import { say } from './say';

// Whoever approves, and the secretariat, which may give more time.
const DECIDERS = ['manager', 'line_lead', 'secretariat'];

export const manifest: Contribution = {
  name: 'rectifications',
  kinds: ['rectification'],
  routes: [
    {
      path: '/findings',
      load: () => import('./screens/Findings.svelte'),
      desk: () => import('./desk/FindingsDesk.svelte'),
    },
    {
      path: '/findings/:id',
      load: () => import('./screens/CaseScreen.svelte'),
      desk: () => import('./desk/FindingsDesk.svelte'),
    },
    {
      path: '/approvals',
      load: () => import('./screens/Findings.svelte'),
      desk: () => import('./desk/Approvals.svelte'),
    },
    {
      path: '/approvals/:id',
      load: () => import('./screens/CaseScreen.svelte'),
      desk: () => import('./desk/Approvals.svelte'),
    },
  ],
  records: {
    rectification: {
      href: (id) => `/findings/${id}`,
      label: (body) => caseOf(body).text,
      counted: (n) => say().countedCases(n),
    },
  },
  overview: [
    { order: 10, span: 7, load: () => import('./desk/ClosedWeekly.svelte') },
    { order: 20, span: 5, load: () => import('./desk/OpenAges.svelte') },
  ],
  notices: () => import('./notices'),
  mending: () => import('./mending'),
  panels: { round: () => import('./screens/RoundCases.svelte') },
  today: { order: 20, load: () => import('./screens/TodayCases.svelte') },
  nav: [{ href: '/findings', icon: 'flag', word: () => say().findings, order: 10 }],
  console: [
    {
      href: '/approvals',
      icon: 'inbox',
      word: () => say().approvals,
      order: 20,
      roles: DECIDERS,
      countOf: 'rectification',
      count: (bodies, me) =>
        bodies.filter(({ body }) => {
          return mineToDecide(caseOf(body), me);
        }).length,
    },
    {
      href: '/findings',
      icon: 'flag',
      word: () => say().findings,
      order: 30,
      countOf: 'rectification',
      count: (bodies) => bodies.filter(({ body }) => isLiving(caseOf(body).state)).length,
    },
  ],
  preview: () => import('./preview'),
};

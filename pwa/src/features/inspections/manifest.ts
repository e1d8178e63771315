// Rounds on the phone: the one file of this feature that the frame reads.
import type { Contribution } from '@/parts/contribution';
import { type Named, named } from '@/parts/words.svelte';
import { say } from './say';
import { stops } from './stops';

const SEEING = ['inspector', 'manager', 'line_lead', 'secretariat', 'security', 'outlet_head'];

export const manifest: Contribution = {
  name: 'inspections',
  kinds: ['round', 'sheet'],
  routes: [
    {
      path: '/rounds',
      load: () => import('./screens/Rounds.svelte'),
      desk: () => import('./planning/RoundsAtDesk.svelte'),
    },
    { path: '/rounds/new', load: () => import('./screens/Start.svelte') },
    {
      path: '/rounds/:id',
      load: () => import('./screens/Round.svelte'),
      desk: () => import('./planning/RoundsAtDesk.svelte'),
    },
    { path: '/rounds/:id/submit', load: () => import('./screens/Submit.svelte') },
    { path: '/rounds/:id/amend/:item', load: () => import('./screens/Amend.svelte') },
  ],
  records: {
    round: {
      href: (id) => `/rounds/${id}`,
      label: (body, nameOf) => {
        const kind = say().rhythm[String(body.rhythm)] ?? named(body.title as Named);
        return [nameOf('outlet', body.outlet), kind].filter(Boolean).join(say().comma);
      },
      counted: (n) => say().counted(n),
    },
    sheet: {
      href: (id) => `/rounds/${id}`,
      label: () => '',
      counted: (n) => say().counted(n),
      partOf: 'round',
    },
  },
  console: [
    {
      href: '/rounds',
      icon: 'page',
      word: () => say().rounds,
      order: 40,
      roles: SEEING,
    },
  ],
  overview: [{ order: 30, span: 4, load: () => import('./planning/Coverage.svelte') }],
  notices: () => import('./notices'),
  mending: () => import('./mending'),
  stops,
  readyChecks: { round: () => import('./ready') },
  preview: () => import('./preview'),
};

// Rounds on the phone: the one file of this feature that the frame reads.
import type { Contribution, RecordPlace } from '@/parts/contribution';
import { type Named, named } from '@/parts/words.svelte';
import { say } from './say';
import { stops } from './stops';
import { WRITERS } from './writers';

const SEEING = ['inspector', 'manager', 'line_lead', 'secretariat', 'security', 'outlet_head'];

/** Checklists, drafts of them and standards: named by what they say of themselves. */
const paper = (href: (id: string) => string): RecordPlace => ({
  href,
  label: ({ title, doc }) =>
    named((title ?? (doc as { title?: Named } | undefined)?.title) as Named) || say().templates,
  counted: (n) => say().countedPapers(n),
});

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
    { path: '/rounds/plan', load: () => import('./planning/PlanMany.svelte') },
    {
      path: '/rounds/:id',
      load: () => import('./screens/Round.svelte'),
      desk: () => import('./planning/RoundsAtDesk.svelte'),
    },
    { path: '/rounds/:id/submit', load: () => import('./screens/Submit.svelte') },
    { path: '/rounds/:id/amend/:item', load: () => import('./screens/Amend.svelte') },
    { path: '/templates', load: () => import('./templates/Templates.svelte') },
    { path: '/templates/standards', load: () => import('./templates/StandardsPlace.svelte') },
    { path: '/templates/standards/:id', load: () => import('./templates/Edition.svelte') },
    { path: '/templates/draft/:id', load: () => import('./templates/Editor.svelte') },
    { path: '/templates/:id', load: () => import('./templates/Version.svelte') },
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
    template: paper((id) => `/templates/${id}`),
    template_draft: paper((id) => `/templates/draft/${id}`),
    standard_edition: paper((id) => `/templates/standards/${id}`),
  },
  console: [
    {
      href: '/rounds',
      icon: 'page',
      word: () => say().rounds,
      order: 40,
      roles: SEEING,
    },
    {
      href: '/templates',
      icon: 'pen',
      word: () => say().templates,
      order: 80,
      roles: WRITERS,
    },
  ],
  overview: [{ order: 30, span: 4, load: () => import('./planning/Coverage.svelte') }],
  notices: () => import('./notices'),
  mending: () => import('./mending'),
  stops,
  readyChecks: { round: () => import('./ready') },
  preview: () => import('./preview'),
};

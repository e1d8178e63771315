// Visits to customers at home: what the frame needs to know of this feature.
import type { Contribution } from '@/parts/contribution';
import { waitsForMe } from './acts';
import type { AuthorisationBody, VisitBody } from './model';
import { say } from './say';
import { stops } from './stops';

const REVIEWERS = ['manager', 'line_lead', 'outlet_head'];
const CONCERNED = ['outreach', 'outlet_staff', 'secretariat', ...REVIEWERS];
const visitOf = (body: unknown): VisitBody => body as VisitBody;

export const manifest: Contribution = {
  name: 'visits',
  heldAfter: true,
  kinds: ['visit', 'visit_person', 'visit_answer', 'visit_route', 'authorisation'],
  routes: [
    {
      path: '/visits',
      load: () => import('./screens/Visits.svelte'),
      desk: () => import('./desk/VisitsDesk.svelte'),
    },
    { path: '/visits/new', load: () => import('./screens/Request.svelte') },
    {
      path: '/visits/review',
      load: () => import('./screens/Visits.svelte'),
      desk: () => import('./desk/ReviewDesk.svelte'),
    },
    {
      path: '/visits/:id',
      load: () => import('./screens/Visit.svelte'),
      desk: () => import('./desk/VisitsDesk.svelte'),
    },
    {
      path: '/visits/review/:id',
      load: () => import('./screens/Visit.svelte'),
      desk: () => import('./desk/ReviewDesk.svelte'),
    },
    { path: '/visits/:id/:step', load: () => import('./screens/Step.svelte') },
    {
      path: '/authorisations',
      load: () => import('./screens/Authorisations.svelte'),
      desk: () => import('./desk/AuthorisationsDesk.svelte'),
    },
    {
      path: '/authorisations/:id',
      load: () => import('./screens/Authorisation.svelte'),
      desk: () => import('./desk/AuthorisationsDesk.svelte'),
    },
  ],
  records: {
    visit: {
      href: (id) => `/visits/${id}`,
      label: (body, nameOf) =>
        [nameOf('outlet', body.outlet), say().kinds[visitOf(body).kind]]
          .filter(Boolean)
          .join(say().comma),
      counted: (n) => say().counted(n),
    },
    visit_person: part(),
    visit_answer: part(),
    visit_route: {
      href: () => '/visits',
      label: () => say().today,
      counted: (n) => say().countedRoutes(n),
    },
    authorisation: {
      href: (id) => `/authorisations/${id}`,
      label: (body) => (body as unknown as AuthorisationBody).number,
      counted: (n) => say().countedAuthorisations(n),
    },
  },
  notices: () => import('./notices'),
  mending: () => import('./mending'),
  stops,
  today: { order: 25, load: () => import('./screens/TodayVisits.svelte') },
  nav: [{ href: '/visits', icon: 'visit', word: () => say().visits, order: 20, roles: CONCERNED }],
  console: [
    {
      href: '/visits/review',
      icon: 'inbox',
      word: () => say().toReview,
      order: 50,
      roles: REVIEWERS,
      countOf: 'visit',
      count: (bodies, me) => bodies.filter(({ body }) => waitsForMe(visitOf(body), me)).length,
    },
    { href: '/visits', icon: 'visit', word: () => say().visits, order: 52, roles: CONCERNED },
    {
      href: '/authorisations',
      icon: 'hand',
      word: () => say().authorisations,
      order: 54,
      roles: CONCERNED,
    },
  ],
  readyChecks: { visit: () => import('./ready') },
  preview: () => import('./preview'),
};

/** What is kept apart of a visit is counted and found as the visit itself. */
function part() {
  return {
    href: (id: string) => `/visits/${id.split('.')[0]}`,
    label: () => '',
    counted: (n: number) => say().counted(n),
    partOf: 'visit',
  };
}

// Events on the phone: the one file of this feature that the frame reads.
import type { Contribution } from '@/parts/contribution';
import type { EventBody } from './model';
import { say } from './say';
import { stops } from './stops';

const SEEING = ['outlet_head', 'outlet_staff', 'outreach', 'manager', 'line_lead', 'secretariat'];
const asEvent = (body: unknown): EventBody => body as EventBody;
const screen = () => import('./screens/Event.svelte');
const desk = () => import('./planning/EventsDesk.svelte');

export const manifest: Contribution = {
  name: 'events',
  heldAfter: true,
  kinds: ['event', 'event_roster', 'event_key', 'check_in', 'event_follow_up'],
  routes: [
    { path: '/events', load: () => import('./screens/Events.svelte'), desk },
    { path: '/events/new', load: () => import('./planning/PlanForm.svelte') },
    { path: '/events/:id', load: screen, desk },
    { path: '/events/:id/edit', load: () => import('./planning/PlanForm.svelte') },
    { path: '/events/:id/result', load: () => import('./screens/ResultForm.svelte') },
    { path: '/events/:id/names', load: () => import('./planning/RosterEdit.svelte') },
    { path: '/events/:id/:part', load: screen },
  ],
  records: {
    event: {
      href: (id) => `/events/${id}`,
      label: (body) => asEvent(body).theme,
      counted: (n) => say().counted(n),
    },
    check_in: {
      href: () => '/events',
      label: () => say().checkIn,
      counted: (n) => say().countedCheckIns(n),
    },
    event_roster: {
      href: () => '/events',
      label: () => say().roster,
      counted: (n) => say().countedRosters(n),
    },
    event_follow_up: {
      href: () => '/events',
      label: () => say().followUps,
      counted: (n) => say().countedFollowUps(n),
    },
  },
  nav: [{ href: '/events', icon: 'event', word: () => say().events, order: 30, roles: SEEING }],
  console: [
    {
      href: '/events',
      icon: 'event',
      word: () => say().events,
      order: 60,
      roles: SEEING,
      countOf: 'event',
      count: (bodies, me) =>
        bodies.filter(({ body }) => {
          const { state, planned_by } = asEvent(body);
          return state === 'open' || (state === 'proposed' && planned_by !== me.id);
        }).length,
    },
  ],
  notices: () => import('./notices'),
  mending: () => import('./mending'),
  readyChecks: { event: () => import('./ready') },
  stops,
  preview: () => import('./preview'),
};

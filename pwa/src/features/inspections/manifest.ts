// Rounds on the phone: the one file of this feature that the frame reads.
import type { Contribution } from '@/parts/contribution';
import type { Named } from '@/parts/words.svelte';
import { tongue } from '@/parts/words.svelte';
import { rules } from './preview';
import { en } from './words.en';
import { zh } from './words.zh';

const WATCHING = ['manager', 'line_lead', 'secretariat', 'security', 'outlet_head'];

export const manifest: Contribution = {
  name: 'inspections',
  kinds: ['round', 'sheet'],
  routes: [
    {
      path: '/rounds',
      load: () => import('./screens/Rounds.svelte'),
      desk: () => import('./planning/RoundsDesk.svelte'),
    },
    { path: '/rounds/new', load: () => import('./screens/Start.svelte') },
    { path: '/rounds/:id', load: () => import('./screens/Round.svelte') },
    { path: '/rounds/:id/submit', load: () => import('./screens/Submit.svelte') },
    { path: '/rounds/:id/amend/:item', load: () => import('./screens/Amend.svelte') },
  ],
  records: {
    round: {
      href: (id) => `/rounds/${id}`,
      label: (body, nameOf) => {
        const rhythm = { zh, en }[tongue()].rhythm[String(body.rhythm)] ?? '';
        const title = body.title as Named | undefined;
        return [nameOf('outlet', body.outlet), rhythm || title?.[tongue()]]
          .filter(Boolean)
          .join(tongue() === 'zh' ? '，' : ', ');
      },
      counted: { zh: zh.counted, en: en.counted },
    },
    sheet: {
      href: (id) => `/rounds/${id}`,
      label: () => '',
      counted: { zh: zh.counted, en: en.counted },
      partOf: 'round',
    },
  },
  console: [
    {
      href: '/rounds',
      icon: 'page',
      word: { zh: '检查', en: 'Rounds' },
      order: 40,
      roles: WATCHING,
    },
  ],
  overview: [{ order: 30, span: 4, load: () => import('./planning/Coverage.svelte') }],
  today: { order: 10, load: () => import('./screens/TodayRounds.svelte') },
  words: { zh, en },
  preview: rules,
};

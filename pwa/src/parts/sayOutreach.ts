import { words } from './words.svelte';

/** What the parts of visits and events say. A dictionary of its own: a round never loads it. */
export const sayOutreach = words({
  zh: () => import('./words.outreach.zh').then(({ zh }) => zh),
  en: () => import('./words.outreach.en').then(({ en }) => en),
});

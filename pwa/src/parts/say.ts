import { words } from './words.svelte';

/** What the parts say, in the chosen tongue. */
export const say = words({
  zh: () => import('./words.zh').then(({ zh }) => zh),
  en: () => import('./words.en').then(({ en }) => en),
});

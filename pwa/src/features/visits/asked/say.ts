import { words } from '@/parts/words.svelte';

/** What is said to the customer. */
export const sayAsked = words({
  zh: () => import('./words.zh').then(({ zh }) => zh),
  en: () => import('./words.en').then(({ en }) => en),
});

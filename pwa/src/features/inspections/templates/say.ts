import { words } from '@/parts/words.svelte';

export const say = words({
  zh: () => import('./words.zh').then(({ zh }) => zh),
  en: () => import('./words.en').then(({ en }) => en),
});

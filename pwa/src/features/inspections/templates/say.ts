// They come with the editor, not with the frame: build/offline.ts holds files called words for the first.
import { words } from '@/parts/words.svelte';

export const say = words({
  zh: () => import('./wording.zh').then(({ zh }) => zh),
  en: () => import('./wording.en').then(({ en }) => en),
});

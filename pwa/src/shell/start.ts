// The shell's one entry. Whoever starts the app has filled the gate and resumed the phone before.
import { mount } from 'svelte';
import '@/parts/css/tokens.css';
import '@/parts/css/page.css';
import '@/parts/css/marks.css';
import { startHand } from '@/parts/hand.svelte';
import { startRouter } from '@/parts/router.svelte';
import { startTongue, wordsReady } from '@/parts/words.svelte';
import App from './App.svelte';
import { look } from './door.svelte';
import { startInstall } from './install.svelte';
import { startUpdates } from './update.svelte';
import { startWide } from './wide.svelte';

export { rules } from './contributions';

export async function startShell(target: HTMLElement): Promise<void> {
  startTongue();
  startHand();
  startWide();
  startRouter();
  startInstall();
  look();
  await wordsReady();
  mount(App, { target });
  startUpdates().catch(() => undefined);
}

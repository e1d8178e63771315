// Every state of every part, for eyes and for the accessibility tests. Never part of the product.
// ?lang=zh|en  ?hand=left  ?show=sheet|camera|ghost|viewer|dialog|desk|round|outreach|roster|redact|notice|pin|consent|review|scan|more
import { mount } from 'svelte';
import '@/parts/css/tokens.css';
import '@/parts/css/page.css';
import '@/parts/css/marks.css';
import { hold } from '@/parts/hand.svelte';
import { speak } from '@/parts/words.svelte';
import Gallery from './Gallery.svelte';

const asked = new URLSearchParams(location.search);
await speak(asked.get('lang') === 'en' ? 'en' : 'zh');
hold(asked.get('hand') === 'left' ? 'left' : 'right');
mount(Gallery, {
  target: document.getElementById('app') as HTMLElement,
  props: { show: asked.get('show') ?? 'all' },
});
document.documentElement.dataset.ready = '';

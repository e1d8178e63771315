// An update that loses nothing: the new worker waits, a bar offers it, the tap hands over, and every
// tab reloads once when the worker has changed. A tab that is writing or photographing says no.
import { holdPages } from '@/foundation/held';
import { signedIn } from '@/foundation/phone';

const news = $state<{ waiting: ServiceWorker | null; refused: boolean }>({
  waiting: null,
  refused: false,
});
const ASK_MS = 300;
const channel =
  typeof BroadcastChannel === 'undefined' ? null : new BroadcastChannel('xunfang-update');

export const updateWaits = (): boolean => news.waiting !== null;
export const updateRefused = (): boolean => news.refused;

const isBusy = (): boolean =>
  (signedIn()?.busy ?? 0) > 0 || document.querySelector('dialog[open]') !== null;

export async function startUpdates(): Promise<void> {
  if (!('serviceWorker' in navigator)) return;
  // The very first visit gets its worker without a reload: nothing old is on screen then.
  let controlled = navigator.serviceWorker.controller !== null;
  navigator.serviceWorker.addEventListener('controllerchange', () => {
    if (controlled) location.reload();
    controlled = true;
    void holdPages();
  });
  channel?.addEventListener('message', ({ data }) => {
    if (data === 'busy?' && isBusy()) channel.postMessage('busy');
  });
  const registration = await navigator.serviceWorker.register('/sw.js', { updateViaCache: 'none' });
  const look = () => {
    if (registration.waiting && controlled) news.waiting = registration.waiting;
  };
  registration.addEventListener('updatefound', () => {
    registration.installing?.addEventListener('statechange', look);
  });
  look();
  // The claim of a worker that has just begun misses a page that is being loaded at that moment, and one
  // that was loaded past every cache: without its own asking it would stay unserved until its next load.
  void navigator.serviceWorker.ready.then(({ active }) => {
    if (!navigator.serviceWorker.controller) active?.postMessage({ type: 'CLAIM' });
  });
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible') registration.update().catch(() => undefined);
  });
  // A first visit runs before all pages are here; the browser may have dropped some since.
  void holdPages();
  addEventListener('online', () => void holdPages());
}

export async function update(): Promise<void> {
  news.refused = isBusy() || (await anotherIsBusy());
  if (!news.refused) news.waiting?.postMessage({ type: 'SKIP_WAITING' });
}

function anotherIsBusy(): Promise<boolean> {
  if (!channel) return Promise.resolve(false);
  return new Promise((answer) => {
    const hear = ({ data }: MessageEvent) => {
      if (data === 'busy') finish(true);
    };
    const timer = setTimeout(() => finish(false), ASK_MS);
    const finish = (busy: boolean) => {
      clearTimeout(timer);
      channel.removeEventListener('message', hear);
      answer(busy);
    };
    channel.addEventListener('message', hear);
    channel.postMessage('busy?');
  });
}

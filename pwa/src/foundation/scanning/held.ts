// Whether scanning works without a signal. The service worker keeps what is loaded on demand; this asks it.
import { readsByItself } from './reader';

const ANSWER_MS = 30_000;

export type Held = 'held' | 'missing' | 'unknown';

/** Unknown where no service worker answers: nothing there works offline, and nothing can be promised. */
export const scannerHeld = async (): Promise<Held> =>
  (await readsByItself()) ? 'held' : ask('HOLDS');

/** Fetches what is missing and keeps it, also over later updates of the app. */
export const holdScanner = async (): Promise<Held> =>
  (await readsByItself()) ? 'held' : ask('HOLD');

function ask(type: 'HOLD' | 'HOLDS'): Promise<Held> {
  const worker = globalThis.navigator?.serviceWorker?.controller;
  if (!worker) return Promise.resolve('unknown');
  return new Promise((answer) => {
    const { port1, port2 } = new MessageChannel();
    const timer = setTimeout(() => done('unknown'), ANSWER_MS);
    function done(held: Held) {
      clearTimeout(timer);
      port1.close();
      answer(held);
    }
    port1.onmessage = ({ data }) => done(data === true ? 'held' : 'missing');
    worker.postMessage({ type }, [port2]);
  });
}

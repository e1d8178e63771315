// What of the app lies on this device. The service worker keeps its pieces; this asks it.

const ANSWER_MS = 30_000;

export type Held = 'held' | 'missing' | 'unknown';

/** The pages that come once the app runs: unknown where no service worker answers, for there nothing can be promised. */
export const pagesHeld = (): Promise<Held> => askWorker('PAGES');

/** Fetches the pages that are missing. */
export const holdPages = (): Promise<Held> => askWorker('FETCH_PAGES');

export function askWorker(type: string): Promise<Held> {
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

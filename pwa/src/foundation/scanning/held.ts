// Whether scanning works without a signal. The service worker keeps what is loaded on demand.
import { askWorker, type Held } from '@/foundation/held';
import { readsByItself } from './reader';

/** Unknown where no service worker answers: nothing there works offline, and nothing can be promised. */
export const scannerHeld = async (): Promise<Held> =>
  (await readsByItself()) ? 'held' : askWorker('HOLDS');

/** Fetches what is missing and keeps it, also over later updates of the app. */
export const holdScanner = async (): Promise<Held> =>
  (await readsByItself()) ? 'held' : askWorker('HOLD');

// Adding to the home screen: the browser's own question where it has one, else words how to do it.
import { isInstalled } from '@/foundation/browser';

interface Question extends Event {
  prompt(): Promise<void>;
  userChoice: Promise<{ outcome: string }>;
}

const asked = $state<{ question: Question | null; installed: boolean }>({
  question: null,
  installed: false,
});

export const installed = (): boolean => asked.installed;
export const canAsk = (): boolean => asked.question !== null;

/** Where no question ever comes: Safari on a phone. */
export const byHand = (): boolean =>
  /iPhone|iPad|iPod/.test(navigator.userAgent) ||
  (navigator.userAgent.includes('Macintosh') && navigator.maxTouchPoints > 1);

export function startInstall(): void {
  asked.installed = isInstalled();
  addEventListener('beforeinstallprompt', (event) => {
    event.preventDefault();
    asked.question = event as Question;
  });
  addEventListener('appinstalled', () => {
    asked.installed = true;
    asked.question = null;
  });
}

export async function install(): Promise<void> {
  const { question } = asked;
  asked.question = null;
  await question?.prompt();
}

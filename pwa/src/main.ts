// Starts the app: whoever worked here last, then the screens, and behind them sync, which loads
// after the first screen has been drawn. What fails on the way leads to the rescue page, never to
// a white one.
import { bring } from '@/foundation/bring';
import { askToPersist, browserStorage } from '@/foundation/browser';
import { Catalogue } from '@/foundation/catalogue';
import { rules as evidence } from '@/foundation/evidence/rules';
import { Accounts } from '@/foundation/identity/accounts';
import { fillGate } from '@/foundation/identity/gate';
import { rules as identity } from '@/foundation/identity/rules';
import { rules as notices } from '@/foundation/notices/rules';
import { meetObstacle } from '@/foundation/store/obstacle';
import { rules, startShell } from '@/shell/start';

const savedViews = () => import('@/foundation/savedViews/rules');
const BUILD = 1;
const FAILS_KEY = 'xunfang.fails';

async function start(): Promise<void> {
  const catalogue = new Catalogue();
  for (const one of [evidence, identity, notices]) catalogue.declare(one);
  for (const load of [...rules, savedViews]) catalogue.declareLater(load);
  const accounts = new Accounts(browserStorage(meetObstacle), catalogue);
  addEventListener('pagehide', () => accounts.closeAll());
  addEventListener('freeze', () => accounts.closeAll());
  const phone = await accounts.resume();
  const sync = bring(() => import('@/sync/start')).then(({ startSync }) =>
    startSync(accounts, BUILD),
  );
  fillGate({
    // Before anybody is let in all rules are here: offline later, they could not be brought.
    signIn: async (...asked) => {
      await catalogue.whole();
      return (await sync).gate.signIn(...asked);
    },
    changePassword: async (...asked) => (await sync).gate.changePassword(...asked),
    signOut: async () => (await sync).gate.signOut(),
    waiting: () => accounts.waiting(),
  });
  await startShell(document.getElementById('app') as HTMLElement);
  localStorage.removeItem(FAILS_KEY);
  document.documentElement.dataset.ready = '';
  const whole = catalogue.whole();
  if (!phone) return;
  await whole;
  (await sync).attend(phone);
  void askToPersist();
}

/** Twice in a row: the page without knowledge of any schema reads and sends what is here. */
function failed(error: unknown): void {
  console.error(error);
  const fails = Number(localStorage.getItem(FAILS_KEY) ?? '0') + 1;
  localStorage.setItem(FAILS_KEY, String(fails));
  if (fails >= 2) location.replace('/rescue.html');
  else location.reload();
}

start().catch(failed);

// Starts the app: the gate and sync first, then whoever worked here last, then the screens. What
// fails on the way leads to the rescue page, never to a white one.
import { askToPersist, browserStorage } from '@/foundation/browser';
import { Catalogue } from '@/foundation/catalogue';
import { Accounts } from '@/foundation/identity/accounts';
import { rules, startShell } from '@/shell/start';
import { startSync } from '@/sync/start';

const BUILD = 1;
const FAILS_KEY = 'xunfang.fails';

async function start(): Promise<void> {
  const catalogue = new Catalogue();
  for (const feature of rules) catalogue.declare(feature);
  const accounts = new Accounts(
    browserStorage((obstacle) =>
      dispatchEvent(new CustomEvent('xunfang-storage', { detail: obstacle })),
    ),
    catalogue,
  );
  addEventListener('pagehide', () => accounts.closeAll());
  addEventListener('freeze', () => accounts.closeAll());
  const sync = startSync(accounts, BUILD);
  const phone = await accounts.resume();
  if (phone) {
    sync.attend(phone);
    void askToPersist();
  }
  startShell(document.getElementById('app') as HTMLElement);
  localStorage.removeItem(FAILS_KEY);
  document.documentElement.dataset.ready = '';
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

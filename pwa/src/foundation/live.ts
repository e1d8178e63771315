// Queries that look again when what they read has changed, in this tab or another. They follow
// Svelte's store contract, so a screen writes `const rounds = records('round')` and `$rounds`.
// Nothing is shown as loading: until the first answer the value is undefined, some milliseconds.

import type { Phone } from '@/foundation/phone';
import { signedIn } from '@/foundation/phone';
import type { TableName } from '@/foundation/store/tables';

export type Live<T> = {
  subscribe(run: (value: T | undefined) => void): () => void;
};

export type Watch = { tables: readonly TableName[]; kinds?: readonly string[] };

export function live<T>(watch: Watch, query: (phone: Phone) => Promise<T>, on?: Phone): Live<T> {
  return {
    subscribe(run) {
      const phone = on ?? signedIn();
      run(undefined);
      if (!phone) return () => undefined;
      return follow(phone, watch, query, run);
    },
  };
}

function follow<T>(
  phone: Phone,
  watch: Watch,
  query: (phone: Phone) => Promise<T>,
  run: (value: T) => void,
): () => void {
  let open = true;
  let looking = false;
  let again = false;
  const look = async () => {
    if (looking) {
      again = true;
      return;
    }
    looking = true;
    do {
      again = false;
      const value = await query(phone).catch(() => undefined);
      if (open && !again && value !== undefined) run(value);
    } while (again && open);
    looking = false;
  };
  const stop = phone.store.onChange((change) => {
    if (!watch.tables.some((table) => change.tables.has(table))) return;
    const { kinds } = watch;
    if (kinds && !change.kinds.has('*') && !kinds.some((kind) => change.kinds.has(kind))) return;
    void look();
  });
  void look();
  return () => {
    open = false;
    stop();
  };
}

// Who must look again after a commit. Other tabs hear it over a channel of the same name.

import type { Change } from '@/foundation/ports';

type Told = { tables: string[]; kinds: string[] };

export class ChangeNotes {
  private readonly listeners = new Set<(change: Change) => void>();

  constructor(private readonly channel?: BroadcastChannel) {
    channel?.addEventListener('message', (event: MessageEvent<Told>) => {
      this.spread({ tables: new Set(event.data.tables), kinds: new Set(event.data.kinds) });
    });
  }

  listen(listener: (change: Change) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  tell(change: Change): void {
    if (change.tables.size === 0) return;
    this.spread(change);
    this.channel?.postMessage({ tables: [...change.tables], kinds: [...change.kinds] });
  }

  private spread(change: Change) {
    for (const listener of [...this.listeners]) listener(change);
  }
}

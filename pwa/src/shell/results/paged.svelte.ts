// One list that only the server has: asked for page by page, the newest question wins.
import { type Answer, ask } from '@/foundation/ask';
import type { Page } from './rows';

export class Paged<T> {
  rows = $state.raw<T[]>([]);
  last = $state.raw<Answer<Page<T>> | null>(null);
  busy = $state(false);
  #asked = 0;

  /** `told` leaves out of all rows what is not to be shown */
  constructor(readonly told: (rows: T[]) => T[] = (rows) => rows) {}

  async load(path: string, query: Record<string, string>, cursor = ''): Promise<void> {
    this.#asked += 1;
    const mine = this.#asked;
    this.busy = true;
    const full = cursor ? { ...query, cursor } : query;
    const answer = await ask<Page<T>>({ path, query: full });
    if (mine !== this.#asked) return;
    this.busy = false;
    if (answer.ok) this.rows = this.told([...(cursor ? this.rows : []), ...answer.value.rows]);
    this.last = answer;
  }

  /** Nothing is asked for: what is on its way no longer counts. */
  clear(): void {
    this.#asked += 1;
    this.busy = false;
    this.rows = [];
    this.last = null;
  }

  get next(): string | null {
    return this.last?.ok ? this.last.value.next : null;
  }
}

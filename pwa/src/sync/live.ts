// Hears at once that there is something to pull. Only a hint: a phone that hears nothing asks by
// itself, more seldom. The stream is open only while somebody looks at the page; whatever ends it is
// followed by longer and longer waits, for the browser's own way of trying again every few seconds
// would keep a radio awake in every cellar. A server that goes says when to come back.

import { waitAfter } from '@/sync/backoff';

export const LIVE_PATH = '/v1/sync/poke';
/** Many phones hear of one change: they do not all ask in the same moment. */
const SPREAD_MS = 1_000;
const BEGUN = '0';

type Heard = { data: unknown };
/** What we use of a browser's EventSource. */
export type Source = {
  addEventListener(type: string, hear: (event: Heard) => void): void;
  close(): void;
};

export type Surroundings = {
  open: (path: string) => Source;
  /** Somebody looks at the page, and the browser believes in a network. */
  wanted: () => boolean;
  after: (ms: number, run: () => void) => () => void;
  fraction: () => number;
};

export class Live {
  private source: Source | null = null;
  private failures = 0;
  private ended = false;
  private cancel: () => void = () => undefined;
  private told = false;

  constructor(
    private readonly around: Surroundings,
    private readonly nudge: () => void,
  ) {}

  /** Something changed about the page or the network. */
  look(): void {
    if (this.ended) return;
    if (!this.around.wanted()) {
      this.close();
    } else if (!this.source) {
      this.failures = 0;
      this.open('first');
    }
  }

  /** For good: somebody else signs in, or nobody. */
  stop(): void {
    this.ended = true;
    this.close();
  }

  /** The server begins with a sign of life. After a gap it is news: something may have been missed. */
  private open(why: 'first' | 'again'): void {
    this.cancel();
    const source = this.around.open(LIVE_PATH);
    this.source = source;
    const own = (hear: (event: Heard) => void) => (event: Heard) => {
      if (this.source === source) hear(event);
    };
    source.addEventListener(
      'message',
      own(({ data }) => this.hear(why === 'first' && data === BEGUN)),
    );
    source.addEventListener(
      'leave',
      own(({ data }) => this.again(Number(data) || 0)),
    );
    source.addEventListener(
      'error',
      own(() => this.again(waitAfter(++this.failures, this.around.fraction(), null))),
    );
  }

  private hear(nothing: boolean): void {
    this.failures = 0;
    if (nothing || this.told) return;
    this.told = true;
    this.around.after(this.around.fraction() * SPREAD_MS, () => {
      this.told = false;
      if (!this.ended) this.nudge();
    });
  }

  private again(wait_ms: number): void {
    this.close();
    this.cancel = this.around.after(wait_ms, () => {
      if (!this.ended && this.around.wanted()) this.open('again');
    });
  }

  private close(): void {
    this.cancel();
    this.source?.close();
    this.source = null;
  }
}

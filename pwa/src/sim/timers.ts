// Clock and timers that move only when told to.

import type { Clock, Scheduler } from '@/foundation/ports';

type Timer = { due: number; act: () => void };

export class Timers implements Clock, Scheduler {
  private time = 0;
  private since = 0;
  /** What a stopped crystal shows; timers run on. */
  private stopped_at: number | null = null;
  private timers: Timer[] = [];

  now = (): number => this.time;
  mono = (): number => this.stopped_at ?? this.since;

  after(delay_ms: number, act: () => void): () => void {
    const timer = { due: this.since + delay_ms, act };
    this.timers.push(timer);
    return () => {
      this.timers = this.timers.filter((one) => one !== timer);
    };
  }

  next(): number | null {
    return this.timers.length > 0 ? Math.min(...this.timers.map(({ due }) => due)) : null;
  }

  move(now: number, mono: number, stopped_at: number | null = null): void {
    this.time = now;
    this.since = mono;
    this.stopped_at = stopped_at;
    const due = this.timers.filter((timer) => timer.due <= mono).sort((a, b) => a.due - b.due);
    this.timers = this.timers.filter((timer) => timer.due > mono);
    for (const { act } of due) act();
  }
}

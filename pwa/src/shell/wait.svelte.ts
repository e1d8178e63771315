// Seconds until the server hears another try, counted down while they are shown.
import type { Denial } from '@/foundation/identity/gate';

/** Where the server named no time: long enough not to make it worse. */
const UNNAMED_SECONDS = 30;

export function countdown() {
  let left = $state(0);
  $effect(() => {
    if (left <= 0) return;
    const timer = setTimeout(() => {
      left -= 1;
    }, 1000);
    return () => clearTimeout(timer);
  });
  return {
    get left() {
      return left;
    },
    after({ why, retry_seconds }: Denial) {
      left = why === 'throttled' || why === 'busy' ? (retry_seconds ?? UNNAMED_SECONDS) : 0;
    },
  };
}

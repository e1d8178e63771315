// How long to wait after a failure: full jitter, doubling, and never longer than is kind. A server
// that names a time is obeyed within reason.

import { BACKOFF_FIRST_MS, BACKOFF_MAX_MS, RETRY_AFTER_MAX_MS } from '@/foundation/limits';

export function waitAfter(
  failures: number,
  fraction: number,
  retry_after_ms: number | null,
): number {
  if (retry_after_ms !== null) return Math.min(retry_after_ms, RETRY_AFTER_MAX_MS);
  const most = Math.min(BACKOFF_MAX_MS, BACKOFF_FIRST_MS * 2 ** Math.max(0, failures - 1));
  return Math.round(most * fraction);
}

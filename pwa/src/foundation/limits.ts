// Every limit of the phone's engine, with its reason beside the number.

/** The server's own limit per batch; hello may lower it. */
export const BATCH_COMMANDS_MAX = 100;
export const BATCH_BYTES_MAX = 262_144;
/** One round trip of `need`. */
export const NEED_DIGESTS_MAX = 200;
/** Rows in one page of a pull: small enough that a crash repeats less than a second. */
export const PULL_ROWS_MAX = 500;
export const PULL_BYTES_MAX = 1_048_576;
/** Originals are kept as taken; phones of today stay below this at 12 megapixels. */
export const PHOTO_BYTES_MAX = 20_971_520;
/** The server's own for a list that somebody brings; 5,000 people weigh 0.3 MB. */
export const TABLE_BYTES_MAX = 5_242_880;
/** What still arrives on a bad line while the original waits. */
export const THUMB_BYTES_MAX = 20_480;
export const THUMB_EDGE_MAX = 320;
/** First piece of an upload; halved when the line breaks, doubled when it holds. */
export const CHUNK_BYTES_FIRST = 524_288;
export const CHUNK_BYTES_MIN = 65_536;
export const CHUNK_BYTES_MAX = 4_194_304;
/** 2G moves 20 kB/s: below this patience a slow line would look like a dead one. */
export const REQUEST_TIMEOUT_MS = 120_000;
/** A ring, enough to understand what happened on one working day. */
export const LOG_ROWS_MAX = 2_000;
export const CLOCK_SAMPLES_MAX = 8;
export const CLOCK_SAMPLE_STALE_MS = 600_000;
/** Full jitter between zero and this, doubling. */
export const BACKOFF_FIRST_MS = 2_000;
export const BACKOFF_MAX_MS = 300_000;
export const RETRY_AFTER_MAX_MS = 900_000;
export const LEASE_MS = 30_000;
export const LEASE_DEAD_MS = 60_000;
/** A batch is split after so many answers that blame it, a single command goes to escrow. */
export const BATCH_FAILURES_MAX = 3;
export const COMMAND_FAILURES_MAX = 5;
export const ESCROW_CUTS_MAX = 8; // tries of an escrow request that the line cuts short
/** Kept on the phone after the server has them, against a restore from an older backup. */
export const SENT_KEPT_MS = 14 * 86_400_000;
/** Renditions of open work; the least recently used go first. */
export const RENDITIONS_BYTES_MAX = 200_000_000;
export const ROOM_WARN_BYTES = 500_000_000;
export const ROOM_PRUNE_BYTES = 150_000_000;
export const ROOM_SMALL_BYTES = 50_000_000;
export const ROOM_WARN_SHARE = 0.15;
/** When unsent work is this old although requests succeed, the screen says so. */
export const WATCHDOG_MS = 900_000;
export const WATCHDOG_PASSES = 5;

// The small facts of one person's database, typed by name.

import type { Phone } from '@/foundation/phone';
import type { Durability, Tx } from '@/foundation/ports';
import type { TableName } from '@/foundation/store/tables';

export type ClockSample = { off: number; err: number; at: number; page: string };
export type Lease = { tab: string; counter: number; until: number };
export type Sequence = { next: number; last_id: string | null };

/** `problem` of the pulse when the browser has thrown this database away. */
export const STORAGE_LOST = 'storage_lost';

export type Pulse = {
  state: 'idle' | 'working' | 'waiting' | 'auth_needed';
  last_answer_at: number | null;
  /** When every scope was caught up, everything sent and nothing left: the server's truth. */
  last_complete_at: number | null;
  next_try_at: number | null;
  problem: string | null;
  stuck: boolean;
};

export type Meta = {
  /** Whose database this is: written at sign-in, see own.ts. */
  device: string | null;
  sequence: Sequence;
  epoch: string | null;
  /** Highest change version this phone has applied in every scope. */
  head: number;
  durable: number;
  clock: ClockSample[];
  token: { value: string; at: number } | null;
  lease: Lease;
  pulse: Pulse;
  device_state: string;
  /** When the server last said who this is, by this phone's clock, and whether it was too long ago. */
  heard_at: number | null;
  locked: boolean;
  /** This person agreed to lose what the server would not take, see sync/wiping.ts. */
  wipe_agreed: boolean;
  pull_off: boolean;
  limits: Record<string, number>;
  policy: Record<string, unknown>;
  seal_key: string | null;
  /** wrong PINs typed here, by whose they were to be */
  pin_tries: Record<string, { wrong: number; until: number | null }>;
  log_next: number;
  scopes_known: boolean;
};

export const META: Meta = {
  device: null,
  sequence: { next: 1, last_id: null },
  epoch: null,
  head: 0,
  durable: 0,
  clock: [],
  token: null,
  lease: { tab: '', counter: 0, until: 0 },
  pulse: {
    state: 'idle',
    last_answer_at: null,
    last_complete_at: null,
    next_try_at: null,
    problem: null,
    stuck: false,
  },
  device_state: 'active',
  heard_at: null,
  locked: false,
  wipe_agreed: false,
  pull_off: false,
  limits: {},
  policy: {},
  seal_key: null,
  pin_tries: {},
  log_next: 1,
  scopes_known: false,
};

export async function getMeta<K extends keyof Meta>(tx: Tx, key: K): Promise<Meta[K]> {
  const row = await tx.get('meta', key);
  return row ? (row.value as Meta[K]) : META[key];
}

export function setMeta<K extends keyof Meta>(tx: Tx, key: K, value: Meta[K]): void {
  tx.put('meta', { key, value });
}

export function readMeta<K extends keyof Meta>(phone: Phone, key: K): Promise<Meta[K]> {
  return phone.store.read(['meta'], (tx) => getMeta(tx, key));
}

export function writeMeta<K extends keyof Meta>(
  phone: Phone,
  key: K,
  value: Meta[K],
  durability: Durability = 'relaxed',
): Promise<void> {
  const tables: TableName[] = ['meta'];
  return phone.store.write(tables, async (tx) => setMeta(tx, key, value), durability);
}

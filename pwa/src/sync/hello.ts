// The greeting: what this phone still holds, how its clock stands, what the server allows now. It
// also repairs the order: numbers that the server has already seen under an earlier life of this
// device are given up by commands that never left.

import { isInstalled } from '@/foundation/browser';
import { addSample, isStale, sampleOf } from '@/foundation/clock/offset';
import type { Tx } from '@/foundation/ports';
import { getMeta, setMeta } from '@/foundation/store/meta';
import type { Body, TableName } from '@/foundation/store/tables';
import { readTruth } from '@/foundation/truth';
import { restoreAfterEpoch } from '@/sync/epoch';
import { type Line, PROTOCOL, Refused } from '@/sync/line';

export type HelloAnswer = Body & {
  epoch: string;
  t1: number;
  t2: number;
  last_seq: number;
  device_state?: string;
  durable?: number;
  limits?: Record<string, number>;
  policy?: Body;
  seal_key?: string | null;
  token?: string | null;
  actor?: string | { id: string };
};

const TABLES: TableName[] = ['meta', 'outbox', 'sent', 'blob', 'scopes', 'local', 'attention'];

/** Once for each page and whenever the clock sample is old. A device that was stopped greets every
 * time: nothing else tells it that it may receive again. */
export async function helloIfDue(line: Line): Promise<void> {
  const { phone } = line;
  const [samples, state] = await phone.store.read(['meta'], (tx) =>
    Promise.all([getMeta(tx, 'clock'), getMeta(tx, 'device_state')]),
  );
  const isFresh = line.said_hello && !isStale(samples, phone.now(), phone.page);
  if (isFresh && state === 'active') return;
  await hello(line);
}

export async function hello(line: Line): Promise<HelloAnswer> {
  const { phone } = line;
  const question = await greeting(line);
  const { said, t0, t3 } = await line.ask<HelloAnswer>('/v1/sync/hello', question);
  const actor = typeof said.actor === 'string' ? said.actor : said.actor?.id;
  if (actor !== undefined && actor !== phone.person.id)
    throw new Refused(401, 'actor_mismatch', {}, null);
  await phone.store.write(TABLES, async (tx) => {
    await addSample(tx, sampleOf({ t0, t1: said.t1, t2: said.t2, t3 }, phone.page));
    await learn(tx, said, t3);
    const known = await getMeta(tx, 'epoch');
    if (known !== null && known !== said.epoch) await restoreAfterEpoch(tx, said.last_seq);
    setMeta(tx, 'epoch', said.epoch);
    await giveUpForeignNumbers(tx, said.last_seq);
  });
  line.said_hello = true;
  return said;
}

async function greeting(line: Line): Promise<Body> {
  const { phone } = line;
  const { device } = await readTruth(phone);
  const room = await phone.ports.room.estimate();
  const oldest = device.oldest === null ? null : new Date(device.oldest).toISOString();
  const { commands, photos, bytes } = device;
  return {
    t0: phone.now(),
    device: phone.device,
    build: line.build,
    proto: [PROTOCOL],
    unsent: { commands, photos, bytes, oldest },
    storage: { persisted: room?.persisted ?? false, free: room ? room.quota - room.used : 0 },
    installed: isInstalled(),
  };
}

async function learn(tx: Tx, said: HelloAnswer, now: number): Promise<void> {
  setMeta(tx, 'heard_at', now);
  setMeta(tx, 'locked', false);
  setMeta(tx, 'limits', said.limits ?? {});
  setMeta(tx, 'policy', said.policy ?? {});
  const state = said.device_state ?? 'active';
  setMeta(tx, 'device_state', state);
  if (state !== 'wipe_after_push') setMeta(tx, 'wipe_agreed', false);
  setMeta(tx, 'durable', said.durable ?? (await getMeta(tx, 'durable')));
  if (said.seal_key) setMeta(tx, 'seal_key', said.seal_key);
  if (said.token) setMeta(tx, 'token', { value: said.token, at: now });
}

/** Only rows that never left may move: whatever left is known to the server by its number. */
async function giveUpForeignNumbers(tx: Tx, last_seq: number): Promise<void> {
  const rows = await tx.all('outbox');
  const first = rows.find((row) => row.attempts === 0);
  const sequence = await getMeta(tx, 'sequence');
  if (first && first.seq <= last_seq) {
    const shift = last_seq + 1 - first.seq;
    const moving = rows.filter((row) => row.seq >= first.seq);
    for (const row of moving) tx.remove('outbox', row.seq);
    for (const row of moving) tx.put('outbox', { ...row, seq: row.seq + shift });
    setMeta(tx, 'sequence', { ...sequence, next: sequence.next + shift });
  } else if (sequence.next <= last_seq && rows.length === 0) {
    setMeta(tx, 'sequence', { ...sequence, next: last_seq + 1 });
  }
}

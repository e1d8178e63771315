import { beforeEach, expect, test } from 'vitest';
import { readMeta } from '@/foundation/store/meta';
import { Bench } from './bench';
import { problem } from './server';

let bench: Bench;
let waits: number[];

beforeEach(async () => {
  bench = await new Bench().open();
  waits = [];
  bench.kit.phone.ports.scheduler = {
    after: (delay_ms) => {
      waits.push(delay_ms);
      return () => undefined;
    },
  };
});

test('a storage that refuses even the note of its own failure does not end the sending', async () => {
  await bench.set('1', 'a');
  const drive = bench.drive();
  bench.disk.failNext('QuotaExceededError', 50);
  await drive.fly();
  expect(drive.isFlying).toBe(false);
  expect(waits).toHaveLength(1);
  bench.disk.failNext(undefined, 0);
  await drive.fly();
  expect(await bench.seqs('outbox')).toEqual([]);
});

test('an edit made while a pass is being closed does not wait for the next round', async () => {
  const drive = bench.drive();
  const typed = bench.kit.store.onChange(async () => {
    if ((await readMeta(bench.kit.phone, 'pulse')).state === 'idle') drive.nudge('work');
  });
  await drive.fly();
  typed();
  expect(waits.at(-1)).toBe(2_000);
});

test('a drive that was stopped in flight stays stopped when the flight fails', async () => {
  const drive = bench.drive();
  bench.server.trouble = () => {
    drive.stop();
    return problem(500, 'internal');
  };
  await drive.fly();
  expect(waits).toEqual([]);
});

test('a session that ended is told and asks a person, and nothing is tried meanwhile', async () => {
  bench.server.trouble = () => problem(401, 'session_unknown');
  await bench.drive().fly();
  expect(waits).toEqual([]);
  const pulse = await readMeta(bench.kit.phone, 'pulse');
  expect(pulse).toMatchObject({ state: 'auth_needed', problem: 'session_unknown' });
});

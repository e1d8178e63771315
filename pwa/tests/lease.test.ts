import { beforeEach, expect, test } from 'vitest';
import { LEASE_DEAD_MS, LEASE_MS } from '@/foundation/limits';
import type { Locks } from '@/foundation/ports';
import { Lease } from '@/sync/lease';
import { Bench } from './bench';

// A lock that a frozen tab never gives back; behind it stands the lease in the database.

const STUCK: Locks = { tryHold: async () => false };
const FREE: Locks = { tryHold: async (_name, work) => work().then(() => true) };

let bench: Bench;
let other: Lease;
const nothing = async () => undefined;

beforeEach(async () => {
  bench = await new Bench().open();
  other = new Lease(bench.kit.phone, STUCK);
  await new Lease(bench.kit.phone, FREE).hold(nothing);
});

test('a tab waits while the other one may live, and goes on when its lease is long dead', async () => {
  bench.kit.clock.pass(LEASE_DEAD_MS);
  expect(await other.hold(nothing)).toBe(false);
  bench.kit.clock.pass(1);
  expect(await other.hold(nothing)).toBe(true);
});

test('a lease from the future of a clock that was set back holds nobody up', async () => {
  bench.kit.clock.pass(LEASE_MS - LEASE_DEAD_MS);
  expect(await other.hold(nothing)).toBe(false);
  bench.kit.clock.pass(-1);
  expect(await other.hold(nothing)).toBe(true);
});

/** The case file of tests/foundation/identity, and what a phone does with a colleague's PIN. */

import { expect, test } from 'vitest';
import type { Phone } from '@/foundation/phone';
import type { Tx } from '@/foundation/ports';
import type { MetaRow } from '@/foundation/store/tables';
import cases from '../../../../tests/foundation/identity/cases/pins.json';
import { isEasy, type PinCheck, pinLockedUntil, sealedText, sealPin, tryPin } from './pins';

const SALT = '00112233445566778899aabbccddeeff';
const REC: [string, string] = ['visit', 'v1'];

function phoneAt(now: { ms: number }): Phone {
  const rows = new Map<string, MetaRow>();
  const tx = {
    get: async (_: string, key: string) => rows.get(key),
    put: (_: string, row: MetaRow) => rows.set(row.key, row),
  } as unknown as Tx;
  const work = <T>(_: unknown, act: (tx: Tx) => Promise<T>) => act(tx);
  return {
    now: () => now.ms,
    newId: () => 'c1',
    store: { read: work, write: work },
  } as unknown as Phone;
}

async function checkOf(pin: string): Promise<PinCheck> {
  for (let check = 0; check < 1024; check++) {
    const one = { salt: SALT, iterations: 10, check };
    if ((await tryPin(phoneAt({ ms: 0 }), 'x', one, pin)).fits) return one;
  }
  throw new Error('no check fits');
}

test.each(cases)('$pin', ({ pin, easy }) => {
  expect(isEasy(pin)).toBe(easy);
});

test('the bits are those that the server computes', async () => {
  // pin_rules.check_bits("407193", SALT, 10)
  const check = { salt: SALT, iterations: 10, check: 431 };
  expect((await tryPin(phoneAt({ ms: 0 }), 'ana', check, '407193')).fits).toBe(true);
  expect((await tryPin(phoneAt({ ms: 0 }), 'ana', check, '407194')).fits).toBe(false);
});

test('five wrong tries lock this person here, and only this one', async () => {
  const now = { ms: 1_000 };
  const on = phoneAt(now);
  const check = await checkOf('407193');
  const left = [];
  for (let n = 0; n < 5; n++) left.push((await tryPin(on, 'ana', check, '730265')).left);
  expect(left).toEqual([4, 3, 2, 1, 0]);
  expect(await pinLockedUntil(on, 'ana')).toBe('1970-01-01T00:15:01.000Z');
  expect(await pinLockedUntil(on, 'ben')).toBeNull();
  expect((await tryPin(on, 'ana', check, '407193')).fits).toBe(false);
  now.ms += 15 * 60_000;
  expect(await pinLockedUntil(on, 'ana')).toBeNull();
  expect((await tryPin(on, 'ana', check, '730265')).lockedUntil).toBe('1970-01-01T00:30:01.000Z');
  now.ms += 15 * 60_000;
  expect((await tryPin(on, 'ana', check, '407193')).fits).toBe(true);
  expect((await tryPin(on, 'ana', check, '730265')).left).toBe(4);
});

test('without the key of a server nothing is sealed, and a seal hides what it holds', async () => {
  expect(await sealPin(phoneAt({ ms: 0 }), 'ana', REC, '407193')).toBeNull();
  const pair = await crypto.subtle.generateKey({ name: 'ECDH', namedCurve: 'P-256' }, true, [
    'deriveBits',
  ]);
  const point = new Uint8Array(await crypto.subtle.exportKey('raw', pair.publicKey));
  const key = btoa(String.fromCharCode(...point));
  const [one, two] = [
    await sealedText(key, { pin: '407193' }),
    await sealedText(key, { pin: '407193' }),
  ];
  expect(one).toMatch(/^xfs1\.[A-Za-z0-9_-]+$/);
  expect(one).not.toBe(two);
  expect(one.length).toBeLessThan(700);
});

// PINs: how a colleague signs in on this phone, where theirs is not at hand.
//
// Promises: the digits leave this device only sealed to the server's key, for one command about one
// record of one person; nothing here keeps them. A slip of the finger is told at once, without
// signal, by the ten bits of the PIN that came with a record both share; five wrong tries lock the
// pad for that person, also over a restart. Against: somebody who tries PINs on a found phone.
// Not handled: a changed app, or a clock set forward. The server judges every PIN again and counts
// the wrong ones; until it has, a sign-in is only "checked on this device".

import { base64, utf8 } from '@/foundation/ids';
import type { Phone } from '@/foundation/phone';
import type { Tx } from '@/foundation/ports';
import { SealedFile } from '@/foundation/sealed';
import { getMeta, readMeta, setMeta } from '@/foundation/store/meta';
import type { Key } from '@/foundation/store/tables';

/** What came of a colleague's PIN with a record: bits of PBKDF2-SHA-256 with this salt (hex). */
export type PinCheck = { salt: string; iterations: number; check: number };
/** `command` is the id that the command must be put with: the PIN counts for no other. */
export type GivenPin = { command: string; sealed: string };
export type PinTries = { wrong: number; until: number | null };

const MARK = 'xfs1.';
const CHECK_BITS = 10;
export const PIN_TRIES_FREE = 5;
const LOCK_MS = 15 * 60_000;
const KNOWN = new Set([
  '147258',
  '258369',
  '147369',
  '159357',
  '789456',
  '520131',
  '131452',
  '201314',
]);

/** Among the first that anybody tries; the server refuses the same ones. */
export function isEasy(pin: string): boolean {
  const digits = [...pin].map(Number);
  const steps = new Set(digits.slice(1).map((digit, at) => (digit - digits[at]! + 10) % 10));
  const repeated = pin.slice(0, 3).repeat(2) === pin || pin.slice(0, 2).repeat(3) === pin;
  const pairs = digits.every((digit, at) => digit === digits[at - (at % 2)]);
  return new Set(digits).size <= 2 || steps.size === 1 || repeated || pairs || KNOWN.has(pin);
}

/** The digits, sealed for one command of this person about this record. Null: this phone has never
 * heard the server's key, which comes with the first connection. */
export async function sealPin(
  on: Phone,
  person: string,
  rec: Key,
  pin: string,
): Promise<GivenPin | null> {
  const key = await readMeta(on, 'seal_key');
  if (!key) return null;
  const command = on.newId();
  return { command, sealed: await sealedText(key, { pin, person, rec, command }) };
}

/** As it travels in a command's arguments: a sealed file of one frame, base64url, behind a mark by
 * which the server finds it in whatever it would keep. */
export async function sealedText(serverKey: string, said: object): Promise<string> {
  const file = await SealedFile.to(serverKey);
  const frame = await file.frame(utf8(JSON.stringify(said)), true);
  const whole = new Uint8Array(file.header.length + frame.length);
  whole.set(file.header);
  whole.set(frame, file.header.length);
  return MARK + base64(whole).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

export type Tried = { fits: boolean; left: number; lockedUntil: string | null };

/** Judges by the bits that lie here. The try is counted as wrong before it is judged, or a page
 * closed in between would be one more for free. */
export async function tryPin(
  on: Phone,
  person: string,
  check: PinCheck,
  pin: string,
): Promise<Tried> {
  const counted = await count(on, person);
  if (counted === null) return tried(false, await triesOf(on, person));
  if (!(await hasBits(pin, check))) return tried(false, counted);
  await on.store.write(['meta'], async (tx) => forget(tx, person));
  return { fits: true, left: PIN_TRIES_FREE, lockedUntil: null };
}

/** Until when no PIN of this person is taken here; null when it may come. */
export async function pinLockedUntil(on: Phone, person: string): Promise<string | null> {
  const tries = await triesOf(on, person);
  return isLocked(tries, on.now()) ? new Date(tries.until!).toISOString() : null;
}

/** Counts one more; null when it is not taken at all. After the lock each wrong one locks anew. */
const count = (on: Phone, person: string): Promise<PinTries | null> =>
  on.store.write(['meta'], async (tx) => {
    const all = await getMeta(tx, 'pin_tries');
    const before = all[person] ?? { wrong: 0, until: null };
    if (isLocked(before, on.now())) return null;
    const wrong = before.wrong + 1;
    const until = wrong >= PIN_TRIES_FREE ? on.now() + LOCK_MS : null;
    setMeta(tx, 'pin_tries', { ...all, [person]: { wrong, until } });
    return { wrong, until };
  });

async function forget(tx: Tx, person: string): Promise<void> {
  const { [person]: _, ...others } = await getMeta(tx, 'pin_tries');
  setMeta(tx, 'pin_tries', others);
}

const triesOf = async (on: Phone, person: string): Promise<PinTries> =>
  (await readMeta(on, 'pin_tries'))[person] ?? { wrong: 0, until: null };

const isLocked = ({ until }: PinTries, now: number): boolean => until !== null && now < until;

const tried = (fits: boolean, { wrong, until }: PinTries): Tried => ({
  fits,
  left: Math.max(0, PIN_TRIES_FREE - wrong),
  lockedUntil: until === null ? null : new Date(until).toISOString(),
});

async function hasBits(pin: string, { salt, iterations, check }: PinCheck): Promise<boolean> {
  const digits = utf8(pin) as Uint8Array<ArrayBuffer>;
  const key = await crypto.subtle.importKey('raw', digits, 'PBKDF2', false, ['deriveBits']);
  const algorithm = { name: 'PBKDF2', hash: 'SHA-256', salt: fromHex(salt), iterations };
  const bits = new Uint8Array(await crypto.subtle.deriveBits(algorithm, key, 16));
  return ((bits[0]! << 8) | bits[1]!) >> (16 - CHECK_BITS) === check;
}

const fromHex = (text: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(text.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));

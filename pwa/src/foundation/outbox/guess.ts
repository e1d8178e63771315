// What the screen shows until the truth arrives: the server's row with the pending commands
// applied to it. Read first, guessed and sealed outside any transaction, and stored only if the
// ground has not moved meanwhile.

import type { Asked } from '@/foundation/catalogue';
import type { Phone } from '@/foundation/phone';
import type { Tx } from '@/foundation/ports';
import { keep, reveal } from '@/foundation/store/keep';
import type { Body, Kept, Key, LocalRow, RecRow } from '@/foundation/store/tables';
import { keyText } from '@/foundation/store/tables';

export type View = { key: Key; rec: RecRow | undefined; local: LocalRow | undefined };

export type Guessed = View & { body: Kept | null; added: number };

/** Another tab or an answer changed the record between looking and storing. */
export class Moved extends Error {
  override name = 'Moved';
}

export async function viewOf(tx: Tx, keys: Key[]): Promise<Map<string, View>> {
  const views = new Map<string, View>();
  for (const key of keys) {
    if (views.has(keyText(key))) continue;
    views.set(keyText(key), {
      key,
      rec: await tx.get('rec', key),
      local: await tx.get('local', key),
    });
  }
  return views;
}

export async function guessAll(
  phone: Phone,
  views: Map<string, View>,
  commands: Asked[],
): Promise<Guessed[]> {
  const guesses: Guessed[] = [];
  for (const view of views.values()) {
    const mine = commands.filter((command) => touches(phone, command, view.key));
    const before = await currentBody(phone, view);
    let body: Body | null | undefined = before;
    for (const command of mine) body = phone.catalogue.apply(body, command, view.key);
    if (body === undefined) continue;
    const kept = body && (await keep(phone.ports.vault, body, view.key[0]));
    guesses.push({ ...view, body: kept, added: mine.length });
  }
  return guesses;
}

export async function storeGuess(tx: Tx, guess: Guessed): Promise<void> {
  const [local, rec] = [await tx.get('local', guess.key), await tx.get('rec', guess.key)];
  if (local?.stamp !== guess.local?.stamp || rec?.rev !== guess.rec?.rev) throw new Moved();
  const [kind, id] = guess.key;
  tx.put('local', {
    kind,
    id,
    ver: rec?.ver ?? 0,
    rev: rec?.rev ?? 0,
    body: guess.body,
    pending: (local?.pending ?? 0) + guess.added,
    stamp: (local?.stamp ?? 0) + 1,
    stale: local?.stale ?? false,
  });
}

async function currentBody(phone: Phone, view: View): Promise<Body | null | undefined> {
  const kept = view.local ? view.local.body : view.rec?.body;
  return kept ? reveal(phone.ports.vault, kept) : kept;
}

const touches = (phone: Phone, command: Asked, key: Key): boolean =>
  phone.catalogue.touches(command).some((touched) => keyText(touched) === keyText(key));

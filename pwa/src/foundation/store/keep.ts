// Sealing of what people wrote. Catalogue records of the bank (outlets, posts, checklists) hold
// nothing personal and are listed by the hundred: they stay clear, and so does what tells of an
// erasure. Everything else, and every
// kind this build does not know, is sealed.

import { fromUtf8, utf8 } from '@/foundation/ids';
import type { Vault } from '@/foundation/ports';
import type { Body, Kept } from '@/foundation/store/tables';

const CLEAR_KINDS = new Set([
  'outlet',
  'unit',
  'line',
  'person',
  'calendar',
  'template',
  'erasure',
]);

export async function keep(vault: Vault, body: Body, kind: string): Promise<Kept> {
  if (CLEAR_KINDS.has(kind)) return { clear: body };
  return { sealed: await vault.seal(utf8(JSON.stringify(body))) };
}

export async function reveal(vault: Vault, kept: Kept): Promise<Body> {
  if ('clear' in kept) return kept.clear;
  return JSON.parse(fromUtf8(await vault.open(kept.sealed)));
}

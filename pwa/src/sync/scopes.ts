// Records and the scopes that publish them. A record may lie in several; each membership has a
// version of its own (the server numbers a record once per scope), the body is the one of the
// highest revision. Rebuilding a scope marks its memberships with a new generation; what still
// has the old one when the scope has caught up is gone on the server.

import { utf8 } from '@/foundation/ids';
import { markStale } from '@/foundation/outbox/rebase';
import type { Phone } from '@/foundation/phone';
import type { Tx } from '@/foundation/ports';
import { keep } from '@/foundation/store/keep';
import type { Body, Kept, Key, RecRow, ScopeRow } from '@/foundation/store/tables';
import { keyText } from '@/foundation/store/tables';
import {
  applyErasure,
  applySealed,
  ERASURE,
  type Erasure,
  type Shown,
  shownOn,
  withoutErased,
} from '@/sync/erasures';

export type Page = {
  next: number;
  more: boolean;
  rows?: [kind: string, id: string, ver: number, rev: number, body: Body][];
  gone?: [kind: string, id: string, ver: number][];
  check?: { n: number; x: string } | null;
};

type PreparedRow = {
  key: Key;
  ver: number;
  rev: number;
  body: Kept;
  hash: string;
  erasure: Erasure | null;
  /** Digests of a photograph that is sealed. */
  sealed: string[];
};

export type PreparedPage = {
  scope: string;
  asked: number;
  epoch: string;
  page: Page;
  rows: PreparedRow[];
  shown: Shown;
};

/** Which cursor was asked about, and of which life of the server the answer is. */
export type PageOf = { scope: string; asked: number; epoch: string };

const REBUILD_AGAIN_MS = 3_600_000;

/** Everything that must be sealed or hashed, before the transaction opens. */
export async function preparePage(phone: Phone, of: PageOf, page: Page): Promise<PreparedPage> {
  const { vault } = phone.ports;
  const rows = (page.rows ?? []).map(async ([kind, id, ver, rev, body]) => ({
    key: [kind, id] as Key,
    ver,
    rev,
    body: await keep(vault, body, kind),
    hash: (await vault.sha256(utf8(`${kind}:${id}:${ver}`))).slice(0, 16),
    erasure: kind === ERASURE ? (body as Erasure) : null,
    sealed: kind === 'photo' && body.state === 'sealed' ? digestsOf(body) : [],
  }));
  return { ...of, page, rows: await Promise.all(rows), shown: [] };
}

const digestsOf = ({ sha256, thumb }: Body): string[] =>
  [sha256, thumb].filter((digest) => typeof digest === 'string');

/** Pages that take something away must know what else shows it. */
export async function lookAround(phone: Phone, pages: PreparedPage[]): Promise<boolean> {
  const rows = pages.flatMap((page) => page.rows);
  const erasures = rows.flatMap(({ erasure }) => erasure ?? []);
  if (erasures.length === 0 && rows.every(({ sealed }) => sealed.length === 0)) return false;
  const sealed = new Set(rows.filter((row) => row.sealed.length > 0).map(({ key }) => key[1]));
  const here = withoutErased(await shownOn(phone), erasures);
  for (const page of pages) page.shown = here.filter(({ photo }) => !sealed.has(photo));
  return true;
}

/** `late`: another tab was faster, or the scope went meanwhile; nothing was done. */
export type PageOutcome = 'applied' | 'rebuild' | 'mismatch' | 'late';

export async function applyPage(
  tx: Tx,
  { scope, asked, epoch, page, rows, shown }: PreparedPage,
  now: number,
): Promise<PageOutcome> {
  const known = await tx.get('scopes', scope);
  if (known?.cursor !== asked) return 'late';
  const quiet = rows.length === 0 && !page.gone?.length && known.caught_up && !page.check;
  if (quiet && known.cursor === page.next && !page.more) return 'applied';
  for (const row of rows) await placeRow(tx, known, epoch, row);
  for (const { erasure, sealed } of rows) {
    if (erasure) await applyErasure(tx, erasure, shown, now);
    if (sealed.length > 0) await applySealed(tx, sealed, shown);
  }
  for (const [kind, id, ver] of page.gone ?? []) await leaveScope(tx, scope, [kind, id], ver);
  const current = { ...known, cursor: page.next, caught_up: !page.more };
  tx.put('scopes', current);
  if (page.more) return 'applied';
  if (!known.caught_up) await sweep(tx, current);
  return page.check ? compare(tx, current, page.check, now) : 'applied';
}

export async function addScope(tx: Tx, id: string): Promise<void> {
  if (await tx.get('scopes', id)) return;
  tx.put('scopes', { id, cursor: 0, generation: 1, caught_up: false, rebuilt_at: null });
}

export async function dropScope(tx: Tx, id: string): Promise<void> {
  tx.remove('scopes', id);
  for (const rec of await tx.all('rec', { index: 'in', only: id }))
    await leaveScope(tx, id, [rec.kind, rec.id], Number.POSITIVE_INFINITY);
}

export async function rebuildScope(tx: Tx, id: string): Promise<void> {
  const scope = await tx.get('scopes', id);
  if (!scope) return addScope(tx, id);
  tx.put('scopes', { ...scope, cursor: 0, generation: scope.generation + 1, caught_up: false });
}

async function placeRow(tx: Tx, scope: ScopeRow, epoch: string, row: PreparedRow): Promise<void> {
  const [kind, id] = row.key;
  const known = await tx.get('rec', row.key);
  const { generation } = scope;
  const members = { ...known?.members, [scope.id]: { ver: row.ver, hash: row.hash, generation } };
  const newer = !known || known.epoch !== epoch || row.rev >= known.rev;
  tx.put('rec', {
    kind,
    id,
    ver: Math.max(row.ver, known?.ver ?? 0),
    epoch,
    rev: newer ? row.rev : known.rev,
    body: newer ? row.body : known.body,
    in: Object.keys(members),
    members,
  });
  await markStale(tx, [keyText(row.key)]);
}

/** The record goes with its last scope, except while work on this phone still refers to it. */
async function leaveScope(tx: Tx, scope: string, key: Key, ver: number): Promise<void> {
  const rec = await tx.get('rec', key);
  const membership = rec?.members[scope];
  if (!rec || !membership || membership.ver > ver) return;
  const { [scope]: _left, ...members } = rec.members;
  const kept: RecRow = { ...rec, members, in: Object.keys(members) };
  const local = await tx.get('local', key);
  if (kept.in.length > 0 || local) tx.put('rec', kept);
  else tx.remove('rec', key);
  if (local) await markStale(tx, [keyText(key)]);
}

async function sweep(tx: Tx, scope: ScopeRow): Promise<void> {
  for (const rec of await tx.all('rec', { index: 'in', only: scope.id }))
    if (rec.members[scope.id]!.generation !== scope.generation)
      await leaveScope(tx, scope.id, [rec.kind, rec.id], Number.POSITIVE_INFINITY);
}

async function compare(
  tx: Tx,
  scope: ScopeRow,
  check: { n: number; x: string },
  now: number,
): Promise<PageOutcome> {
  const rows = await tx.all('rec', { index: 'in', only: scope.id });
  let folded = 0n;
  for (const rec of rows) folded ^= BigInt(`0x${rec.members[scope.id]!.hash}`);
  if (rows.length === check.n && folded === BigInt(`0x${check.x}`)) return 'applied';
  if (scope.rebuilt_at !== null && now - scope.rebuilt_at < REBUILD_AGAIN_MS) return 'mismatch';
  tx.put('scopes', {
    ...scope,
    cursor: 0,
    generation: scope.generation + 1,
    caught_up: false,
    rebuilt_at: now,
  });
  return 'rebuild';
}

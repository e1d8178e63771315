// Pulls what is new, scope by scope.
//
// Promises: each page and its new cursor are one transaction, so a kill repeats a page and never
// skips one; a record leaves the phone when its last scope goes, except while unsent work refers
// to it; when a scope is caught up, what lies on the phone is compared with the server's count and
// hash, and on a difference the scope is fetched anew beside the old rows. The server's hash is
// never copied into the phone's own: the repair is real or it is reported.

import { heardAt } from '@/foundation/clock/offset';
import { PULL_BYTES_MAX } from '@/foundation/limits';
import { rebaseStale } from '@/foundation/outbox/rebase';
import type { Tx } from '@/foundation/ports';
import { note } from '@/foundation/store/log';
import { getMeta, setMeta } from '@/foundation/store/meta';
import type { Body, TableName } from '@/foundation/store/tables';
import { ERASED_TABLES } from '@/sync/erasures';
import { hello } from '@/sync/hello';
import { type Line, Refused } from '@/sync/line';
import {
  addScope,
  applyPage,
  dropScope,
  lookAround,
  type Page,
  type PageOutcome,
  preparePage,
  rebuildScope,
} from '@/sync/scopes';
import { settle } from '@/sync/settle';

type PullAnswer = Body & {
  epoch: string;
  head: number;
  drop?: string[];
  add?: string[];
  reset?: string[];
  scopes: Record<string, Page>;
  device_state?: string;
  policy?: Body;
  durable?: number;
  t1: number;
  t2: number;
};

const PAGES_MAX = 500;
const DIFFERS = new Set<PageOutcome>(['rebuild', 'mismatch']);
const AGAIN = new Set<PageOutcome>(['rebuild', 'late']);
const TABLES: TableName[] = ['scopes', 'rec', 'local', 'outbox', 'sent', 'meta'];

/** True when every scope was caught up. `check`: also compare what lies here with the server. */
export async function pullAll(line: Line, check: boolean): Promise<boolean> {
  for (let page = 0; page < PAGES_MAX; page++) {
    const more = await pullOnce(line, check);
    if (!more) return true;
  }
  return false;
}

async function pullOnce(line: Line, check: boolean): Promise<boolean> {
  const { phone } = line;
  const { arrived, ...asked } = await phone.store.read(['scopes', 'meta', 'blob'], async (tx) => ({
    scopes: Object.fromEntries((await tx.all('scopes')).map(({ id, cursor }) => [id, cursor])),
    epoch: (await getMeta(tx, 'epoch')) ?? '',
    arrived: await arrivedIn(tx),
  }));
  const limits = { limit: line.rows_max, bytes: PULL_BYTES_MAX };
  try {
    const question = { ...asked, ...limits, check, t0: phone.now() };
    const { said, t0, t3 } = await line.ask<PullAnswer>('/v1/sync/pull', question);
    await heardAt(phone, { t0, t1: said.t1, t2: said.t2, t3 });
    return await apply(line, said, { cursors: asked.scopes, arrived });
  } catch (error) {
    if (!(error instanceof Refused) || error.code !== 'epoch_changed') throw error;
    await hello(line);
    return true;
  }
}

/** Photographs of which no pull has told yet how high their arrival lies. */
async function arrivedIn(tx: Tx): Promise<string[]> {
  const stored = await tx.all('blob', { index: 'state', only: 'stored' });
  return stored.filter(({ stored_ver }) => stored_ver === null).map(({ id }) => id);
}

type Asked = { cursors: Record<string, number>; arrived: string[] };

async function apply(line: Line, said: PullAnswer, asked: Asked): Promise<boolean> {
  const { phone } = line;
  if (!(await applyGrants(line, said))) return true;
  const granted = (said.add?.length ?? 0) + (said.reset?.length ?? 0) > 0;
  const pages = await Promise.all(
    Object.entries(said.scopes).map(([id, page]) =>
      preparePage(phone, { scope: id, asked: asked.cursors[id] ?? 0, epoch: said.epoch }, page),
    ),
  );
  const takesAway = await lookAround(phone, pages);
  const outcomes = await phone.store.write(
    takesAway ? [...new Set([...TABLES, ...ERASED_TABLES])] : TABLES,
    async (tx) => {
      // Another tab may have met a restored server since the grants were applied.
      if ((await getMeta(tx, 'epoch')) !== said.epoch) return null;
      const done: PageOutcome[] = [];
      for (const page of pages) done.push(await applyPage(tx, page, phone.now()));
      return done;
    },
    'relaxed',
  );
  if (!outcomes) return true;
  const differing = pages.filter((_, place) => DIFFERS.has(outcomes[place]!));
  for (const { scope } of differing) await note(phone, 'check_mismatch', { scope });
  const unfinished = pages.some(({ page }, place) => page.more || AGAIN.has(outcomes[place]!));
  const behind = granted || unfinished;
  if (!behind) await settle(phone, said, asked.arrived);
  await rebaseStale(phone);
  return behind;
}

/** False when the answer belongs to a server's life that has ended meanwhile. */
async function applyGrants(line: Line, said: PullAnswer): Promise<boolean> {
  const { drop = [], add = [], reset = [] } = said;
  return line.phone.store.write(
    TABLES,
    async (tx) => {
      if ((await getMeta(tx, 'epoch')) !== said.epoch) return false;
      for (const id of drop) await dropScope(tx, id);
      for (const id of add) await addScope(tx, id);
      for (const id of reset) await rebuildScope(tx, id);
      if (said.device_state) setMeta(tx, 'device_state', said.device_state);
      if (said.policy) setMeta(tx, 'policy', said.policy);
      if (said.durable !== undefined) setMeta(tx, 'durable', said.durable);
      return true;
    },
    'relaxed',
  );
}

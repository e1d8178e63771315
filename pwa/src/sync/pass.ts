// One pass over everything: greet, send text, fetch what is new, send photographs with text in
// between, send text again, fetch pictures, tidy. Every step may be the last one; the next pass
// finds its state in the database and goes on.

import { rebaseStale } from '@/foundation/outbox/rebase';
import { getMeta, setMeta } from '@/foundation/store/meta';
import { requireOwn } from '@/foundation/store/own';
import { downloadAll } from '@/sync/downloads';
import { helloIfDue } from '@/sync/hello';
import { tidy } from '@/sync/keeping';
import { type Line, Refused } from '@/sync/line';
import { unsentBlobs } from '@/sync/need';
import { pullAll } from '@/sync/pull';
import { pushAll } from '@/sync/push';
import { uploadAll } from '@/sync/uploads';
import { obey } from '@/sync/wiping';

export type PassResult = {
  /** Something reached the server or came from it that makes another look worth while soon. */
  moved: boolean;
  /** Nothing is left on this phone and the server has told everything. */
  complete: boolean;
};

export type PassOptions = { lanes: number; check: boolean };

export async function pass(line: Line, { lanes, check }: PassOptions): Promise<PassResult> {
  const { phone } = line;
  await phone.store.read(['meta'], (tx) => requireOwn(tx, phone));
  line.wanted.clear();
  await rebaseStale(phone);
  await helloIfDue(line);
  await obey(line);
  const pushed = await pushAll(line);
  const pulled = await pullIfAllowed(line, check);
  await obey(line);
  const uploaded = await uploadAll(
    line,
    lanes,
    oneAtATime(() => pushAll(line)),
  );
  await pushAll(line);
  await obey(line);
  if (pulled) await downloadAll(line);
  await tidy(phone);
  const complete = pulled && (await closeBooks(line));
  return { moved: pushed || uploaded > 0, complete };
}

/** Lanes that ask for the same at once share one run of it. */
function oneAtATime<T>(work: () => Promise<T>): () => Promise<T> {
  let running: Promise<T> | null = null;
  return () => {
    running ??= work().finally(() => {
      running = null;
    });
    return running;
  };
}

async function pullIfAllowed(line: Line, check: boolean): Promise<boolean> {
  const { phone } = line;
  const state = await phone.store.read(['meta'], (tx) => getMeta(tx, 'device_state'));
  if (state !== 'active') return false;
  try {
    return await pullAll(line, check);
  } catch (error) {
    if (!(error instanceof Refused) || error.status !== 426) throw error;
    await phone.store.write(['meta'], async (tx) => setMeta(tx, 'pull_off', true), 'relaxed');
    return false;
  }
}

/** Only with an empty outbox, every photograph received and every verdict passed by a pull may
 * this moment be called the server's truth. */
async function closeBooks(line: Line): Promise<boolean> {
  const { phone } = line;
  if ((await unsentBlobs(phone)).length > 0) return false;
  return phone.store.write(
    ['outbox', 'sent', 'meta'],
    async (tx) => {
      const open = await tx.count('outbox');
      const unsettled = await tx.count('sent', { index: 'settled', only: 0 });
      setMeta(tx, 'pull_off', false);
      if (open + unsettled > 0) return false;
      const pulse = await getMeta(tx, 'pulse');
      setMeta(tx, 'pulse', { ...pulse, last_complete_at: phone.now() });
      return true;
    },
    'relaxed',
  );
}

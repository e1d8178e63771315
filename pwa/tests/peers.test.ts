// Failures on the phone that users of other products reported, one test each, named after it. The
// engine is the real one; the server is a few lines that answer as the protocol says.

import { expect, test } from 'vitest';
import { put } from '@/foundation/outbox/put';
import type { Locks, Network, NetworkAnswer, NetworkRequest } from '@/foundation/ports';
import { NoAnswer } from '@/foundation/ports';
import { readOne } from '@/foundation/reading';
import { getMeta } from '@/foundation/store/meta';
import type { Body } from '@/foundation/store/tables';
import { readTruth } from '@/foundation/truth';
import { Drive } from '@/sync/drive';
import { Line } from '@/sync/line';
import { type Kit, onDisk } from './kit';

type Sent = { id: string; seq: number; at: string; clk: { off?: number }; args: Body };
type Answer = NetworkAnswer | Promise<NetworkAnswer>;

const DAY_MS = 86_400_000;
const DRAWER: [string, string] = ['drawer', 'd1'];
const FREE: Locks = { tryHold: async (_name, work) => work().then(() => true) };

function said(status: number, body: unknown, headers: Record<string, string> = {}): NetworkAnswer {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const bytes = new TextEncoder().encode(text);
  return { status, header: (name) => headers[name] ?? null, bytes };
}

const problem = (status: number, code: string) => said(status, { code, status, facts: {} });

/** A server in good health; `mood` may answer in its place. */
class Server implements Network {
  taken: Sent[] = [];
  batches: number[] = [];
  asked: string[] = [];
  drop: string[] = [];
  verdict: (command: Sent) => Body = () => ({ s: 'applied' });
  mood: (path: string, question: Body) => Answer | null = () => null;

  constructor(private readonly now: () => number) {}

  async send(request: NetworkRequest): Promise<NetworkAnswer> {
    const question = JSON.parse(String(request.body ?? '{}')) as Body;
    this.asked.push(request.path);
    const moody = this.mood(request.path, question);
    if (moody) return moody;
    const told = { proto: 1, req: question.req, epoch: 'e1', t1: this.now(), t2: this.now() };
    if (request.path.endsWith('/hello')) return said(200, { ...told, last_seq: this.taken.length });
    if (request.path.endsWith('/pull'))
      return said(200, { ...told, head: 1, drop: this.drop, add: [], scopes: {} });
    if (request.path.endsWith('/need'))
      return said(200, { ...told, have: [], need: [], partial: [], refused: [] });
    const commands = question.commands as Sent[];
    this.batches.push(commands.length);
    this.taken.push(...commands);
    const results = commands.map((one) => ({ id: one.id, seq: one.seq, ...this.verdict(one) }));
    return said(200, { ...told, last_seq: this.taken.length, results, need: [] });
  }
}

async function ready() {
  const kit = await onDisk();
  const server = new Server(() => kit.clock.time);
  const conditions = { visible: () => true, lanes: () => 2 };
  const drive = new Drive(new Line(kit.phone, server, 1), FREE, conditions);
  return { kit, server, drive };
}

const answer = (kit: Kit, item: string, value: unknown) =>
  put(kit.phone, { op: 'drawers.set', rec: DRAWER, args: { item, value } });

const waiting = ({ phone }: Kit) => phone.store.read(['outbox'], (tx) => tx.all('outbox'));
const tray = ({ phone }: Kit) => phone.store.read(['attention'], (tx) => tx.all('attention'));
const pulse = ({ phone }: Kit) => phone.store.read(['meta'], (tx) => getMeta(tx, 'pulse'));

test('a 401 emptying the outbox', async () => {
  // hercycle-ai#313, sahidawa#4072: two public apps deleted their queue when the session ended.
  const { kit, server, drive } = await ready();
  await answer(kit, '3.6', 'fail');
  await answer(kit, '3.7', 'pass');
  server.mood = () => problem(401, 'session_unknown');
  await drive.fly();
  expect(await waiting(kit)).toHaveLength(2);
  expect((await pulse(kit)).state).toBe('auth_needed');
  expect((await readOne(kit.phone, DRAWER))?.body).toEqual({
    answers: { '3.6': 'fail', '3.7': 'pass' },
  });
  server.mood = () => null;
  await drive.fly();
  expect(await waiting(kit)).toHaveLength(0);
  expect(server.taken.map((one) => one.seq)).toEqual([1, 2]);
});

test('the session ending in the middle of a queue', async () => {
  // enketo-express#12, #543: half the queue was gone, and nobody knew which half.
  const { kit, server, drive } = await ready();
  for (let item = 0; item < 150; item++) await answer(kit, `i${item}`, 'pass');
  server.mood = (path) =>
    path.endsWith('/push') && server.taken.length > 0 ? problem(401, 'session_unknown') : null;
  await drive.fly();
  expect(server.taken.length + (await waiting(kit)).length).toBe(150);
  expect((await waiting(kit)).length).toBeGreaterThan(0);
});

test('a captive portal answering 200', async () => {
  // A hotel's login page answers everything with 200: nothing may count as received by that.
  const { kit, server, drive } = await ready();
  await answer(kit, '3.6', 'fail');
  server.mood = () => said(200, '<html>Welcome to the Grand Hotel</html>');
  await drive.fly();
  expect(await waiting(kit)).toHaveLength(1);
  expect(await pulse(kit)).toMatchObject({ state: 'waiting', problem: 'no_answer' });
  expect((await readTruth(kit.phone)).device.commands).toBe(1);
});

test('a portal that answers JSON of its own', async () => {
  const { kit, server, drive } = await ready();
  await answer(kit, '3.6', 'fail');
  await drive.fly();
  await answer(kit, '3.7', 'fail');
  server.mood = (path) => (path.endsWith('/push') ? said(200, { ok: true, results: [] }) : null);
  await drive.fly();
  expect(await waiting(kit)).toHaveLength(1);
});

test('clock a day off', async () => {
  // medic/cht-core#1658, #6300: the phone is a day slow. Its time travels raw, with the offset.
  const { kit, server, drive } = await ready();
  const right = new Server(() => kit.clock.time + DAY_MS);
  server.mood = (path, question) =>
    right.send({
      method: 'POST',
      path,
      headers: {},
      timeout_ms: 0,
      body: JSON.stringify(question),
    });
  await drive.fly();
  const slow = new Date(kit.clock.time).toISOString();
  await answer(kit, '3.6', 'fail');
  await drive.fly();
  const [sent] = right.taken;
  expect(sent?.at).toBe(slow);
  expect(Math.abs((sent?.clk.off ?? 0) - DAY_MS)).toBeLessThan(5_000);
  expect(await tray(kit)).toHaveLength(0);
});

test('work purged because a permission was lost', async () => {
  // Aam-Digital/ndb-core#4178, #4198: "lost permission" purged documents with unsent work of days.
  const { kit, server, drive } = await ready();
  await drive.fly();
  await answer(kit, '3.6', 'fail');
  server.drop = ['round:6'];
  server.mood = (path) => (path.endsWith('/push') ? problem(503, 'busy') : null);
  await drive.fly();
  expect(await waiting(kit)).toHaveLength(1);
  expect((await readOne(kit.phone, DRAWER))?.body).toEqual({ answers: { '3.6': 'fail' } });
});

test('a rejected push that left no error', async () => {
  // Aam-Digital/ndb-core#4179: the refusal was swallowed, and with it what had been written.
  const { kit, server, drive } = await ready();
  await answer(kit, '3.6', 'fail');
  server.verdict = () => ({ s: 'rejected', code: 'not_assigned', cls: 'final' });
  await drive.fly();
  expect(await tray(kit)).toMatchObject([{ code: 'not_assigned', status: 'rejected' }]);
  const sent = await kit.phone.store.read(['sent'], (tx) => tx.all('sent'));
  expect(sent).toMatchObject([{ outcome: 'rejected', op: 'drawers.set' }]);
});

test('a queue that did not start again when the server came back', async () => {
  // enketo/enketo#1180.
  const { kit, server, drive } = await ready();
  await answer(kit, '3.6', 'fail');
  server.mood = () => Promise.reject(new NoAnswer('no route'));
  for (let tries = 0; tries < 6; tries++) await drive.fly();
  expect((await pulse(kit)).next_try_at).toBeGreaterThan(kit.clock.time);
  server.mood = () => null;
  drive.nudge('online');
  await expect.poll(() => waiting(kit)).toHaveLength(0);
});

test('too much at once, refused for ever', async () => {
  // medic/cht-core#6143, #7529: more than 32 MB had gathered, and every attempt failed whole.
  const { kit, server, drive } = await ready();
  for (let item = 0; item < 40; item++) await answer(kit, `i${item}`, 'pass');
  server.mood = (path, question) =>
    path.endsWith('/push') && (question.commands as Sent[]).length > 10
      ? problem(413, 'too_large')
      : null;
  await drive.fly();
  expect(await waiting(kit)).toHaveLength(0);
  expect(server.taken).toHaveLength(40);
  expect(Math.max(...server.batches)).toBeLessThanOrEqual(10);
});

test('one poisonous record and everything behind it', async () => {
  // dimagi/commcare-android#1721, #2289: the server broke on one form, and the queue stood still.
  const { kit, server, drive } = await ready();
  for (const item of ['a', 'poison', 'b']) await answer(kit, item, 'pass');
  const escrowed: Body[] = [];
  server.mood = (path, question) => {
    if (path.endsWith('/escrow')) {
      escrowed.push(question);
      const verdict = { id: question.id, seq: question.seq, s: 'rejected', code: 'escrowed' };
      return said(200, { proto: 1, req: question.req, epoch: 'e1', results: [verdict] });
    }
    const sent = (question.commands as Sent[] | undefined) ?? [];
    return sent.some((one) => one.args.item === 'poison') ? problem(500, 'crashed') : null;
  };
  for (let tries = 0; tries < 12; tries++) await drive.fly();
  expect(await waiting(kit)).toHaveLength(0);
  expect(server.taken.map((one) => one.args.item)).toEqual(['a', 'b']);
  expect(escrowed).toHaveLength(1);
  expect(await tray(kit)).toHaveLength(1);
});

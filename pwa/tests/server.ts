// A small server for tests of the engine: the order of commands, verdicts, one scope, uploads. It
// keeps what a real one keeps, so that a test can ask what was lost or doubled.

import { createHash } from 'node:crypto';
import { fromUtf8, utf8 } from '@/foundation/ids';
import type { Network, NetworkAnswer, NetworkRequest } from '@/foundation/ports';
import { NoAnswer } from '@/foundation/ports';

type Json = Record<string, unknown>;
type Command = {
  id: string;
  seq: number;
  op: string;
  rec: [string, string];
  args: Json;
  blobs?: string[];
};
type Verdict = {
  id: string;
  seq: number;
  s: string;
  ver: number;
  rev?: number;
  code?: string;
  facts?: Json;
};
type Row = { kind: string; id: string; ver: number; rev: number; body: Json; gone: boolean };

/** What goes wrong with one request; undefined lets it through. */
export type Trouble = (
  request: NetworkRequest,
  serve: () => NetworkAnswer,
) => NetworkAnswer | 'lost' | undefined;

export const sha = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

export class FakeServer implements Network {
  epoch = 'epoch-1';
  device_state = 'active';
  head = 0;
  durable: number | null = null;
  last_seq = 0;
  check = true;
  verdicts = new Map<number, Verdict>();
  applied: Command[] = [];
  rows = new Map<string, Row>();
  scopes = new Set(['org']);
  blobs = new Map<string, Uint8Array>();
  uploads = new Map<string, { length: number; digest: string; bytes: number[] }>();
  escrowed: Json[] = [];
  requests: NetworkRequest[] = [];
  trouble: Trouble = () => undefined;
  /** Ops that the server refuses, and those it dies of. */
  refuses = new Set<string>();
  dies = new Set<string>();
  /** Records and bytes that were erased. */
  erased = new Set<string>();

  async send(request: NetworkRequest): Promise<NetworkAnswer> {
    await Promise.resolve();
    this.requests.push(request);
    const serve = () => this.serve(request);
    const out = this.trouble(request, serve);
    if (out === 'lost') throw new NoAnswer('lost');
    return out ?? serve();
  }

  /** The record goes, and everybody hears of it. */
  erase(kind: string, id: string, more: Json = {}): void {
    const row = this.rows.get(`${kind}:${id}`);
    if (row) this.rows.set(`${kind}:${id}`, { ...row, ver: ++this.head, gone: true });
    this.erased.add(`${kind}:${id}`);
    const digests = (more.digests as string[] | undefined) ?? [];
    for (const digest of digests) {
      this.erased.add(digest);
      this.blobs.delete(digest);
    }
    const of = [kind, id];
    this.place('erasure', `${kind}.${id}`, { of, within: null, digests, cause: '', ...more });
  }

  place(kind: string, id: string, body: Json): void {
    const name = `${kind}:${id}`;
    const rev = (this.rows.get(name)?.rev ?? 0) + 1;
    this.rows.set(name, { kind, id, ver: ++this.head, rev, body, gone: false });
  }

  private serve(request: NetworkRequest): NetworkAnswer {
    const { path, method } = request;
    if (path.startsWith('/v1/uploads')) return this.upload(request);
    if (method === 'GET') return problem(404, 'unknown');
    const asked = JSON.parse(String(request.body)) as Json;
    const base = { proto: 1, req: asked.req, epoch: this.epoch, t1: 1, t2: 1 };
    const durable = this.durable ?? this.head;
    if (path === '/v1/sync/hello')
      return json({
        ...base,
        last_seq: this.last_seq,
        durable,
        limits: {},
        device_state: this.device_state,
      });
    if (asked.epoch && asked.epoch !== this.epoch) return problem(409, 'epoch_changed');
    if (path === '/v1/sync/push') return this.push(asked, { ...base, durable });
    if (path === '/v1/sync/pull') return this.pull(asked, { ...base, durable });
    if (path === '/v1/blobs/need') return this.need(asked, base);
    if (path === '/v1/sync/escrow') return this.escrow(asked, base);
    return problem(404, 'unknown');
  }

  private push(asked: Json, base: Json): NetworkAnswer {
    const results: Json[] = [];
    const commands = asked.commands as Command[];
    if (commands.some(({ op }) => this.dies.has(op))) return problem(500, 'internal');
    for (const command of commands) {
      const known = this.verdicts.get(command.seq);
      if (known) results.push(repeated(known, command));
      else if (command.seq !== this.last_seq + 1)
        return json({ ...base, results, need: [], gap: { expected: this.last_seq + 1 } });
      else results.push(this.decide(command));
    }
    const named = commands.flatMap(({ blobs }) => blobs ?? []);
    const need = named.filter((digest) => !this.blobs.has(digest));
    return json({ ...base, results, need, head: this.head });
  }

  private decide(command: Command): Verdict {
    const { id, seq, op, rec, args } = command;
    this.last_seq = seq;
    if (this.erased.has(rec.join(':'))) {
      const late = { id, seq, s: 'rejected', ver: this.head, code: 'record_erased' };
      const verdict = { ...late, facts: { of: rec } };
      this.verdicts.set(seq, verdict);
      return verdict;
    }
    const refused = this.refuses.has(op);
    if (!refused && op !== 'noop') {
      this.applied.push(command);
      const row = this.rows.get(rec.join(':'));
      const answers = { ...(row?.body.answers as Json), [String(args.item)]: args.value };
      this.place(rec[0], rec[1], { ...row?.body, answers });
    }
    const rev = this.rows.get(rec.join(':'))?.rev;
    const s = refused ? 'rejected' : 'applied';
    const verdict = { id, seq, s, ver: this.head, rev, ...(refused ? { code: 'forbidden' } : {}) };
    this.verdicts.set(seq, verdict);
    return verdict;
  }

  private pull(asked: Json, base: Json): NetworkAnswer {
    const cursors = asked.scopes as Record<string, number>;
    const scopes: Json = {};
    for (const [id, cursor] of Object.entries(cursors))
      if (this.scopes.has(id)) scopes[id] = this.page(cursor, Number(asked.limit), asked.check);
    const drop = Object.keys(cursors).filter((id) => !this.scopes.has(id));
    const add = [...this.scopes].filter((id) => !(id in cursors));
    return json({ ...base, head: this.head, drop, add, reset: [], scopes });
  }

  private page(cursor: number, limit: number, check: unknown): Json {
    const news = [...this.rows.values()]
      .filter((row) => row.ver > cursor && (cursor > 0 || !row.gone))
      .sort((a, b) => a.ver - b.ver);
    const part = news.slice(0, limit);
    const more = part.length < news.length;
    const rows = part.filter((row) => !row.gone);
    const gone = part.filter((row) => row.gone);
    return {
      next: more ? part.at(-1)!.ver : this.head,
      more,
      rows: rows.map((row) => [row.kind, row.id, row.ver, row.rev, row.body]),
      gone: gone.map((row) => [row.kind, row.id, row.ver]),
      ...(check && this.check && !more ? { check: this.digest() } : {}),
    };
  }

  private digest(): Json {
    const living = [...this.rows.values()].filter((row) => !row.gone);
    const folded = living
      .map(({ kind, id, ver }) => BigInt(`0x${sha(utf8(`${kind}:${id}:${ver}`)).slice(0, 16)}`))
      .reduce((a, b) => a ^ b, 0n);
    return { n: living.length, x: folded.toString(16).padStart(16, '0') };
  }

  private need(asked: Json, base: Json): NetworkAnswer {
    const digests = (asked.blobs as [string][]).map(([digest]) => digest);
    const have = digests.filter((digest) => this.blobs.has(digest));
    const gone = digests.filter((digest) => this.erased.has(digest));
    const need = digests.filter((digest) => !this.blobs.has(digest) && !this.erased.has(digest));
    const refused = gone.map((digest) => [digest, 'blob_erased']);
    return json({ ...base, have, need, partial: [], refused });
  }

  private escrow(asked: Json, base: Json): NetworkAnswer {
    this.escrowed.push(asked);
    const seq = Number(asked.seq);
    const known = this.verdicts.get(seq);
    if (known && known.id === asked.id)
      return json({ ...base, results: [{ ...known, s: 'duplicate', original: known.s }] });
    const verdict = { id: String(asked.id), seq, s: 'rejected', ver: this.head, code: 'escrowed' };
    this.last_seq = seq;
    this.verdicts.set(seq, verdict);
    return json({ ...base, results: [verdict] });
  }

  private upload({ method, path, headers, body }: NetworkRequest): NetworkAnswer {
    const bytes = [...((body as Uint8Array) ?? [])];
    if (method === 'POST') {
      const [meta] = headers['Upload-Metadata']!.split(',');
      const digest = atob(meta!.split(' ')[1]!);
      if (this.erased.has(digest)) return problem(410, 'blob_erased');
      const url = `/v1/uploads/${this.uploads.size + 1}`;
      this.uploads.set(url, { length: Number(headers['Upload-Length']), digest, bytes });
      return this.standing(url, 201, { Location: url });
    }
    const upload = this.uploads.get(path);
    if (!upload) return tus(404, {});
    if (method === 'HEAD') return this.standing(path, 200, {});
    if (Number(headers['Upload-Offset']) !== upload.bytes.length) return tus(409, {});
    upload.bytes = upload.bytes.concat(bytes);
    return this.standing(path, 204, {});
  }

  private standing(url: string, status: number, more: Record<string, string>): NetworkAnswer {
    const { length, digest, bytes } = this.uploads.get(url)!;
    const whole = Uint8Array.from(bytes);
    if (bytes.length === length && sha(whole) !== digest) return tus(422, {});
    if (bytes.length === length) this.blobs.set(digest, whole);
    return tus(status, { 'Upload-Offset': String(bytes.length), ...more });
  }
}

const repeated = (known: Verdict, command: Command): Json =>
  known.id === command.id
    ? { ...known, s: 'duplicate', original: known.s }
    : { ...known, id: command.id, s: 'rejected', code: 'command_reused' };

function answer(status: number, headers: Record<string, string>, body: string): NetworkAnswer {
  const known = new Map(Object.entries(headers).map(([key, value]) => [key.toLowerCase(), value]));
  return { status, header: (name) => known.get(name.toLowerCase()) ?? null, bytes: utf8(body) };
}

const tus = (status: number, headers: Record<string, string>) =>
  answer(status, { 'Tus-Resumable': '1.0.0', ...headers }, '');

export const json = (value: unknown) =>
  answer(200, { 'Content-Type': 'application/json' }, JSON.stringify(value));

export const problem = (status: number, code: string, headers: Record<string, string> = {}) =>
  answer(
    status,
    { 'Content-Type': 'application/problem+json', ...headers },
    JSON.stringify({ status, code }),
  );

export const portal = (status = 200) =>
  answer(status, { 'Content-Type': 'text/html' }, '<html>Welcome</html>');

export const said = (request: NetworkRequest): Json =>
  JSON.parse(typeof request.body === 'string' ? request.body : fromUtf8(request.body!));

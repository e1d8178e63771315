// One conversation with the server on behalf of one person.
//
// Promises: an answer is believed only if it proves to be ours: JSON with `proto` 1 and the `req`
// that was asked, or a problem with a code. A plain 200 from a hotel's login page is no answer. So
// nothing is ever marked as received that the server has not named.

import { fromUtf8 } from '@/foundation/ids';
import { PULL_ROWS_MAX, REQUEST_TIMEOUT_MS } from '@/foundation/limits';
import type { Phone } from '@/foundation/phone';
import type { Network, NetworkAnswer, NetworkRequest } from '@/foundation/ports';
import { NoAnswer } from '@/foundation/ports';
import type { Body } from '@/foundation/store/tables';

export const PROTOCOL = 1;

/** The server heard us and said no, or said that it cannot now. */
export class Refused extends Error {
  override name = 'Refused';
  constructor(
    readonly status: number,
    readonly code: string | null,
    readonly facts: Body,
    readonly retry_after_ms: number | null,
  ) {
    super(`${status} ${code ?? ''}`);
  }

  /** The line or the server is in trouble; what we asked is not to blame. */
  get isPassing(): boolean {
    return [408, 423, 425, 429, 503].includes(this.status);
  }
}

export class Line {
  /** Batches shrink when they are too large or one command in them is to blame. */
  batch_max = Number.POSITIVE_INFINITY;
  chunk_bytes: number | null = null;
  said_hello = false;
  rows_max = PULL_ROWS_MAX;
  gaps = 0;
  /** What push answers of this pass have asked for: it need not be asked about once more. */
  readonly wanted = new Set<string>();
  /** Called between steps: renews the lease. */
  onStep: () => Promise<void> = async () => undefined;
  /** Erases everything of this person here; afterwards the store answers nothing any more. */
  onWipe: () => Promise<void> = () => this.phone.store.destroy();

  constructor(
    readonly phone: Phone,
    readonly network: Network,
    readonly build: number,
    readonly token: string | null = null,
  ) {}

  /** Asks in JSON; gives the proven answer with the two moments of this side. */
  async ask<T extends Body>(
    path: string,
    question: Body,
  ): Promise<{ said: T; t0: number; t3: number }> {
    const req = this.phone.newId();
    const t0 = this.phone.now();
    const answer = await this.send({
      method: 'POST',
      path,
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ req, ...question }),
    });
    const t3 = this.phone.now();
    const said = parsed(answer);
    if (said?.proto !== PROTOCOL || said.req !== req) throw new NoAnswer(`no proof: ${path}`);
    return { said: said as T, t0, t3 };
  }

  /** Any request of ours; answers below 400 as they are, refusals thrown. */
  async send(request: Omit<NetworkRequest, 'timeout_ms'>): Promise<NetworkAnswer> {
    await this.onStep();
    const headers: Record<string, string> = {
      ...request.headers,
      'Sync-Protocol': String(PROTOCOL),
      'App-Build': String(this.build),
      'Device-Id': this.phone.device,
    };
    if (this.token) headers.Authorization = `Bearer ${this.token}`;
    const answer = await this.network.send({ ...request, headers, timeout_ms: REQUEST_TIMEOUT_MS });
    if (answer.status >= 400) throw refusal(answer, this.phone.now());
    return answer;
  }
}

export function parsed(answer: NetworkAnswer): Body | null {
  try {
    const value: unknown = JSON.parse(fromUtf8(answer.bytes));
    return typeof value === 'object' && value !== null ? (value as Body) : null;
  } catch {
    return null;
  }
}

function refusal(answer: NetworkAnswer, now: number): Refused | NoAnswer {
  const { status } = answer;
  const problem = parsed(answer);
  const ours = typeof problem?.code === 'string';
  const anybody = status === 408 || status === 413 || status === 425 || status === 429;
  // A tus server speaks without bodies; its own header proves it.
  const tus = answer.header('Tus-Resumable') !== null;
  if (!ours && !anybody && !tus && status < 500) return new NoAnswer(`unproven ${status}`);
  const facts = (problem?.facts as Body | undefined) ?? {};
  return new Refused(status, ours ? String(problem?.code) : null, facts, retryAfter(answer, now));
}

function retryAfter(answer: NetworkAnswer, now: number): number | null {
  const said = answer.header('Retry-After');
  if (!said) return null;
  const seconds = Number(said);
  const ms = Number.isFinite(seconds) ? seconds * 1000 : Date.parse(said) - now;
  return Number.isFinite(ms) ? Math.max(0, ms) : null;
}

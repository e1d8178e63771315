// Requests are held until the scheduler says what became of them.

import { base64, utf8 } from '@/foundation/ids';
import type { Network, NetworkAnswer, NetworkRequest } from '@/foundation/ports';
import { NoAnswer } from '@/foundation/ports';

export type HeldCall = {
  call: number;
  method: string;
  path: string;
  headers: Record<string, string>;
  body: string;
};

type Waiting = { resolve: (answer: NetworkAnswer) => void; reject: (error: Error) => void };
type Delivered = { status: number; headers: Record<string, string>; body: Uint8Array };

export class HeldNetwork implements Network {
  private count = 0;
  private fresh: HeldCall[] = [];
  private readonly waiting = new Map<number, Waiting>();

  send({ method, path, headers, body }: NetworkRequest): Promise<NetworkAnswer> {
    const call = ++this.count;
    const bytes = typeof body === 'string' ? utf8(body) : (body ?? new Uint8Array());
    this.fresh.push({ call, method, path, headers, body: base64(bytes) });
    return new Promise((resolve, reject) => this.waiting.set(call, { resolve, reject }));
  }

  taken(): HeldCall[] {
    const calls = this.fresh;
    this.fresh = [];
    return calls;
  }

  deliver(call: number, { status, headers, body }: Delivered): null {
    const known = new Map(
      Object.entries(headers).map(([key, value]) => [key.toLowerCase(), value]),
    );
    const header = (name: string) => known.get(name.toLowerCase()) ?? null;
    this.end(call)?.resolve({ status, header, bytes: body });
    return null;
  }

  fail(call: number): null {
    this.end(call)?.reject(new NoAnswer('the line broke'));
    return null;
  }

  private end(call: number): Waiting | undefined {
    const waiting = this.waiting.get(call);
    this.waiting.delete(call);
    return waiting;
  }
}

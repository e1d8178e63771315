// The only door to the network. Whatever is not a complete answer is NoAnswer: the caller keeps
// what it has and tries again later. Redirects are refused, since ours has none and a captive
// portal lives by them.

import type { Network, NetworkAnswer, NetworkRequest } from '@/foundation/ports';
import { NoAnswer } from '@/foundation/ports';

export const fetchNetwork: Network = {
  async send(request: NetworkRequest): Promise<NetworkAnswer> {
    const abort = new AbortController();
    const patience = setTimeout(() => abort.abort(), request.timeout_ms);
    try {
      const packed = await pack(request);
      const response = await fetch(request.path, {
        method: request.method,
        headers: packed.headers,
        body: packed.body as BodyInit | undefined,
        signal: abort.signal,
        credentials: 'same-origin',
        redirect: 'error',
        cache: 'no-store',
      });
      const bytes = new Uint8Array(await response.arrayBuffer());
      return { status: response.status, header: (name) => response.headers.get(name), bytes };
    } catch (error) {
      throw new NoAnswer(String(error));
    } finally {
      clearTimeout(patience);
    }
  },
};

/** Below one packet packing only costs. Photographs are packed already. */
const PACK_FROM_BYTES = 1_400;

async function pack({
  headers,
  body,
}: NetworkRequest): Promise<Pick<NetworkRequest, 'headers' | 'body'>> {
  const small = typeof body !== 'string' || body.length < PACK_FROM_BYTES;
  if (small || typeof CompressionStream === 'undefined') return { headers, body };
  const stream = new Blob([body]).stream().pipeThrough(new CompressionStream('gzip'));
  const bytes = new Uint8Array(await new Response(stream).arrayBuffer());
  return { headers: { ...headers, 'Content-Encoding': 'gzip' }, body: bytes };
}

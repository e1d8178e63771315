// One file by the tus protocol, on our own loop: creation with the first bytes, then pieces.
//
// Promises: the offset is the server's, never ours; every piece carries its checksum; a cut line
// costs at most one piece. What the server's answers mean is in SYNC 3.7: 409 look again, 423
// later, 404 and 410 start again, 460 the piece was garbled, 422 the whole file is not what its
// digest says.

import { base64, utf8 } from '@/foundation/ids';
import { CHUNK_BYTES_FIRST, CHUNK_BYTES_MAX, CHUNK_BYTES_MIN } from '@/foundation/limits';
import type { NetworkAnswer } from '@/foundation/ports';
import { NoAnswer } from '@/foundation/ports';
import { type Line, Refused } from '@/sync/line';

export type Transfer = {
  digest: string;
  type: string;
  bytes: Uint8Array;
  url: string | null;
  offset: number;
};

export type Progress = (transfer: Transfer) => Promise<void>;

const REPAIRS_MAX = 6;

/** Until the server has the last byte and has found the digest equal. */
export async function transfer(line: Line, file: Transfer, onProgress: Progress): Promise<void> {
  let repairs = 0;
  if (file.url) await lookAgain(line, file);
  while (!file.url || file.offset < file.bytes.length) {
    try {
      await sendPiece(line, file);
      line.chunk_bytes = Math.min(CHUNK_BYTES_MAX, chunkOf(line) * 2);
    } catch (error) {
      if (error instanceof NoAnswer)
        line.chunk_bytes = Math.max(CHUNK_BYTES_MIN, chunkOf(line) / 2);
      if (!(error instanceof Refused) || ++repairs > REPAIRS_MAX) throw error;
      await repair(line, file, error);
    }
    await onProgress(file);
  }
}

const chunkOf = (line: Line): number => line.chunk_bytes ?? CHUNK_BYTES_FIRST;

async function sendPiece(line: Line, file: Transfer): Promise<void> {
  const piece = file.bytes.subarray(file.offset, file.offset + chunkOf(line));
  const headers: Record<string, string> = {
    'Tus-Resumable': '1.0.0',
    'Content-Type': 'application/offset+octet-stream',
    'Upload-Checksum': `sha256 ${await checksum(line, piece)}`,
  };
  if (file.url) {
    headers['Upload-Offset'] = String(file.offset);
    const answer = await line.send({ method: 'PATCH', path: file.url, headers, body: piece });
    file.offset = offsetIn(answer);
    return;
  }
  headers['Upload-Length'] = String(file.bytes.length);
  headers['Upload-Metadata'] = `sha256 ${b64(file.digest)},type ${b64(file.type)}`;
  const answer = await line.send({ method: 'POST', path: '/v1/uploads', headers, body: piece });
  file.offset = offsetIn(answer);
  const where = answer.header('Location');
  if (!where && file.offset < file.bytes.length) throw new NoAnswer('no place to go on');
  file.url = where ?? '/v1/uploads';
}

async function repair(line: Line, file: Transfer, error: Refused): Promise<void> {
  const gone = error.status === 404 || error.status === 410;
  if (gone && file.url) restart(file);
  else if (error.status === 409 && file.url) await lookAgain(line, file);
  else if (error.status !== 460) throw error;
}

async function lookAgain(line: Line, file: Transfer): Promise<void> {
  try {
    const headers = { 'Tus-Resumable': '1.0.0' };
    file.offset = offsetIn(await line.send({ method: 'HEAD', path: file.url!, headers }));
  } catch (error) {
    if (!(error instanceof Refused) || ![403, 404, 410].includes(error.status)) throw error;
    restart(file);
  }
}

function restart(file: Transfer): void {
  file.url = null;
  file.offset = 0;
}

function offsetIn(answer: NetworkAnswer): number {
  const offset = Number(answer.header('Upload-Offset') ?? Number.NaN);
  if (answer.header('Tus-Resumable') === null || !Number.isSafeInteger(offset))
    throw new NoAnswer('not an answer of a tus server');
  return offset;
}

async function checksum(line: Line, piece: Uint8Array): Promise<string> {
  const digest = await line.phone.ports.vault.sha256(piece);
  const bytes = Uint8Array.from(digest.match(/../g)!, (pair) => Number.parseInt(pair, 16));
  return base64(bytes);
}

const b64 = (text: string): string => base64(utf8(text));

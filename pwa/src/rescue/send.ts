// Sends what was found, and changes nothing here: the server answers each command once, so what
// the app sends again later does no harm. Same proof of an answer as everywhere: ours or nothing.

import { base64, hex, utf8 } from '@/foundation/ids';
import { SealedFile } from '@/foundation/sealed';
import type { Found } from '@/rescue/found';

const BATCH = 25;

/** A photograph that cannot be read any more is passed over: how many were. */
export async function send(found: Found, say: (text: string) => void): Promise<number> {
  const device = String(found.facts.get('device') ?? '');
  for (let start = 0; start < found.outbox.length; start += BATCH) {
    const commands = found.outbox.slice(start, start + BATCH).map(travelling);
    const epoch = String(found.facts.get('epoch') ?? '');
    await ask('/v1/sync/push', device, { device, epoch, saw: 0, commands });
    say(`${Math.min(start + BATCH, found.outbox.length)} / ${found.outbox.length}`);
  }
  let done = 0;
  let spoilt = 0;
  for (const [digest, open] of found.bytes) {
    const bytes = await sound(digest, open);
    if (bytes) await upload(digest, bytes, device);
    else spoilt++;
    say(`${++done} / ${found.bytes.size}`);
  }
  return spoilt;
}

type Open = () => Promise<Uint8Array<ArrayBuffer>>;

async function sound(digest: string, open: Open): Promise<Uint8Array<ArrayBuffer> | null> {
  const bytes = await open().catch(() => null);
  const now = bytes && hex(new Uint8Array(await crypto.subtle.digest('SHA-256', bytes)));
  return now === digest ? bytes : null;
}

/** As the app's own export (foundation/export.ts), so that the same command takes it in: frame 0
 * says what was written and which photographs follow, in that order. */
export async function sealAll(found: Found): Promise<Blob | null> {
  const key = found.facts.get('seal_key');
  if (typeof key !== 'string') return null;
  const file = await SealedFile.to(key);
  const { person, outbox: commands, sent } = found;
  const device = found.facts.get('device') ?? null;
  const made_at = new Date().toISOString();
  const blobs: [digest: string, size: number, type: string][] = [];
  for (const [digest, open] of found.bytes) {
    const bytes = await sound(digest, open);
    if (bytes) blobs.push([digest, bytes.length, typeOf(bytes)]);
  }
  const contents = utf8(JSON.stringify({ device, person, made_at, commands, sent, blobs }));
  const parts: BlobPart[] = [file.header, await file.frame(contents, blobs.length === 0)];
  for (const [place, [digest]] of blobs.entries())
    parts.push(await file.frame(await found.bytes.get(digest)!(), place === blobs.length - 1));
  return new Blob(parts, { type: 'application/octet-stream' });
}

const OWN_FIELDS = new Set(['touches', 'register', 'attempts', 'failures', 'clk']);

function travelling(row: Record<string, unknown>): Record<string, unknown> {
  const fields = Object.entries(row).filter(([name]) => !OWN_FIELDS.has(name));
  const clk = Object.entries((row.clk as object) ?? {}).filter(([, value]) => value !== null);
  return { ...Object.fromEntries(fields), clk: Object.fromEntries(clk) };
}

async function ask(path: string, device: string, question: object): Promise<void> {
  const req = crypto.randomUUID();
  const response = await fetch(path, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', 'Sync-Protocol': '1', 'Device-Id': device },
    body: JSON.stringify({ req, ...question }),
    credentials: 'same-origin',
    redirect: 'error',
  });
  const said = await response.json().catch(() => null);
  if (said?.proto !== 1 || said.req !== req) throw new Error(said?.detail ?? `${response.status}`);
  if (said.gap) throw new Error(`gap ${said.gap.expected}`);
}

async function upload(digest: string, bytes: Uint8Array<ArrayBuffer>, device: string) {
  const type = base64(utf8(typeOf(bytes)));
  const response = await fetch('/v1/uploads', {
    method: 'POST',
    headers: {
      'Tus-Resumable': '1.0.0',
      'Device-Id': device,
      'Content-Type': 'application/offset+octet-stream',
      'Upload-Length': String(bytes.length),
      'Upload-Metadata': `sha256 ${base64(utf8(digest))},type ${type}`,
    },
    body: bytes,
    credentials: 'same-origin',
    redirect: 'error',
  });
  if (response.status === 410) return; // erased meanwhile: nobody wants it any more
  if (!response.ok || !response.headers.has('Tus-Resumable')) throw new Error(`${response.status}`);
}

function typeOf(bytes: Uint8Array): string {
  if (bytes[0] === 0x89) return 'image/png';
  if (bytes[0] === 0x52) return 'image/webp';
  return bytes[0] === 0xff ? 'image/jpeg' : 'image/heic';
}

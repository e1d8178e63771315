// The outbox as a file that only the bank's server can open; anyone may deliver it.
//
// Sealing uses what every supported browser has in WebCrypto: an ephemeral P-256 key agreed with
// the server's (`seal_key`: the 65 bytes of its uncompressed point, base64), HKDF-SHA-256 to an
// AES-256-GCM key, and one frame per part so that no phone must hold all photographs twice.
//
// File: "XFEX1\n", a header line of JSON {eph, salt, to}, then frames: four bytes of length (big
// endian, of the ciphertext), ciphertext with its tag. Frame n has the nonce n (96 bits, big
// endian) and the additional data "n" or, for the last one, "n last", so that neither order nor
// end can be changed. Frame 0 is JSON {device, person, made_at, commands, blobs: [[digest, size,
// type]…]}; each later frame is one photograph's bytes, in the order of `blobs`.

import { base64, fromBase64, hex, utf8 } from '@/foundation/ids';
import type { Phone } from '@/foundation/phone';
import { reveal } from '@/foundation/store/keep';
import { readMeta } from '@/foundation/store/meta';
import type { BlobRow, CommandRow } from '@/foundation/store/tables';

const CURVE = { name: 'ECDH', namedCurve: 'P-256' } as const;
const INFO = 'xunfang-export-1';

/** Null when this phone has never heard the server's key. */
export async function exportOutbox(phone: Phone): Promise<Blob | null> {
  const key = await readMeta(phone, 'seal_key');
  if (!key) return null;
  const { commands, blobs } = await phone.store.read(['outbox', 'blob'], async (tx) => ({
    commands: await tx.all('outbox'),
    blobs: (await tx.all('blob')).filter(isUnsent),
  }));
  const envelope = await Envelope.to(key);
  const first = utf8(JSON.stringify(await contents(phone, commands, blobs)));
  const parts: BlobPart[] = [envelope.header, await envelope.frame(first, blobs.length === 0)];
  for (const [place, blob] of blobs.entries()) {
    const bytes = await bytesOf(phone, blob);
    parts.push(await envelope.frame(bytes, place === blobs.length - 1));
  }
  return new Blob(parts, { type: 'application/octet-stream' });
}

const isUnsent = (blob: BlobRow): boolean =>
  blob.own && blob.state !== 'stored' && blob.state !== 'pruned';

async function contents(phone: Phone, commands: CommandRow[], blobs: BlobRow[]) {
  const { vault } = phone.ports;
  return {
    device: phone.device,
    person: phone.person.id,
    made_at: phone.moment(),
    commands: await Promise.all(
      commands.map(async (row) => ({ ...row, args: await reveal(vault, row.args) })),
    ),
    blobs: blobs.map((blob) => [blob.id, blob.size, blob.type]),
  };
}

async function bytesOf(phone: Phone, blob: BlobRow): Promise<Uint8Array> {
  const table = blob.role === 'thumb' ? 'thumb' : 'bytes';
  const row = await phone.store.read([table], (tx) => tx.get(table, blob.id));
  return row ? phone.ports.vault.open(row.sealed) : new Uint8Array();
}

export class Envelope {
  private count = 0;

  private constructor(
    readonly header: Uint8Array<ArrayBuffer>,
    private readonly key: CryptoKey,
  ) {}

  static async to(serverKey: string): Promise<Envelope> {
    const point = fromBase64(serverKey) as Uint8Array<ArrayBuffer>;
    const theirs = await crypto.subtle.importKey('raw', point, CURVE, false, []);
    const mine = await crypto.subtle.generateKey(CURVE, false, ['deriveBits']);
    const agreed = { name: 'ECDH', public: theirs };
    const shared = await crypto.subtle.deriveBits(agreed, mine.privateKey, 256);
    const salt = crypto.getRandomValues(new Uint8Array(16));
    const eph = new Uint8Array(await crypto.subtle.exportKey('raw', mine.publicKey));
    const to = hex(new Uint8Array(await crypto.subtle.digest('SHA-256', point))).slice(0, 16);
    const header = `XFEX1\n${JSON.stringify({ eph: base64(eph), salt: base64(salt), to })}\n`;
    return new Envelope(utf8(header) as Uint8Array<ArrayBuffer>, await derive(shared, salt));
  }

  async frame(bytes: Uint8Array, last: boolean): Promise<Uint8Array<ArrayBuffer>> {
    const n = this.count++;
    const iv = new Uint8Array(12);
    new DataView(iv.buffer).setUint32(8, n);
    const additionalData = utf8(last ? `${n} last` : `${n}`) as Uint8Array<ArrayBuffer>;
    const plain = bytes as Uint8Array<ArrayBuffer>;
    const algorithm = { name: 'AES-GCM', iv, additionalData };
    const sealed = await crypto.subtle.encrypt(algorithm, this.key, plain);
    const framed = new Uint8Array(4 + sealed.byteLength);
    new DataView(framed.buffer).setUint32(0, sealed.byteLength);
    framed.set(new Uint8Array(sealed), 4);
    return framed;
  }
}

async function derive(shared: ArrayBuffer, salt: Uint8Array<ArrayBuffer>): Promise<CryptoKey> {
  const material = await crypto.subtle.importKey('raw', shared, 'HKDF', false, ['deriveKey']);
  const info = utf8(INFO) as Uint8Array<ArrayBuffer>;
  const algorithm = { name: 'HKDF', hash: 'SHA-256', salt, info };
  const length = { name: 'AES-GCM', length: 256 };
  return crypto.subtle.deriveKey(algorithm, material, length, false, ['encrypt']);
}

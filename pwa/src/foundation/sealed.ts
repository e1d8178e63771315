// A file that only the bank's server can open; anyone may deliver it.
//
// Sealing uses what every supported browser has in WebCrypto: an ephemeral P-256 key agreed with
// the server's (`seal_key`: the 65 bytes of its uncompressed point, base64), HKDF-SHA-256 to an
// AES-256-GCM key, and one frame per part so that no phone must hold all photographs twice.
//
// File: "XFEX1\n", a header line of JSON {eph, salt, to}, then frames: four bytes of length (big
// endian, of the ciphertext), ciphertext with its tag. Frame n has the nonce n (96 bits, big
// endian) and the additional data "n" or, for the last one, "n last", so that neither order nor
// end can be changed.

import { base64, fromBase64, hex, utf8 } from '@/foundation/ids';

const CURVE = { name: 'ECDH', namedCurve: 'P-256' } as const;
const INFO = 'xunfang-export-1';

export class SealedFile {
  private count = 0;

  private constructor(
    readonly header: Uint8Array<ArrayBuffer>,
    private readonly key: CryptoKey,
  ) {}

  static async to(serverKey: string): Promise<SealedFile> {
    const point = fromBase64(serverKey) as Uint8Array<ArrayBuffer>;
    const theirs = await crypto.subtle.importKey('raw', point, CURVE, false, []);
    const mine = await crypto.subtle.generateKey(CURVE, false, ['deriveBits']);
    const agreed = { name: 'ECDH', public: theirs };
    const shared = await crypto.subtle.deriveBits(agreed, mine.privateKey, 256);
    const salt = crypto.getRandomValues(new Uint8Array(16));
    const eph = new Uint8Array(await crypto.subtle.exportKey('raw', mine.publicKey));
    const to = hex(new Uint8Array(await crypto.subtle.digest('SHA-256', point))).slice(0, 16);
    const header = `XFEX1\n${JSON.stringify({ eph: base64(eph), salt: base64(salt), to })}\n`;
    return new SealedFile(utf8(header) as Uint8Array<ArrayBuffer>, await derive(shared, salt));
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

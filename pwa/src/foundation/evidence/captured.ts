// A photograph between the shutter and the outbox: hashed, its thumbnail made, both sealed. It is
// on the phone only once the command that names it has been put.

import type { Position } from '@/foundation/evidence/position';
import type { Phone } from '@/foundation/phone';
import type { Sealed, Tx } from '@/foundation/ports';
import type { BlobRow } from '@/foundation/store/tables';

export type Source = 'camera' | 'gallery' | 'drawn';

/** What the command carries about a photograph (`args.photo`). */
export type PhotoArgs = {
  id: string;
  sha256: string;
  thumb: string | null;
  size: number;
  type: string;
  width: number;
  height: number;
  source: Source;
  taken_at: string;
  geo: Position | null;
  token: string | null;
  page: string;
};

export type Captured = {
  photo: PhotoArgs;
  /** Record the photograph belongs to, as `kind:id`: what is sent together completes together. */
  ref: string;
  sealed: Sealed;
  thumb: { sha256: string; size: number; type: string; sealed: Sealed } | null;
};

export type Thumbnail = { width: number; height: number; bytes: Uint8Array; type: string };
export type Decode = (bytes: Uint8Array, type: string) => Promise<Thumbnail | null>;

export type Shot = {
  bytes: Uint8Array;
  type: string;
  source: Source;
  geo: Position | null;
  ref: string;
  token: string | null;
};

export async function develop(phone: Phone, shot: Shot, decode: Decode): Promise<Captured> {
  const vault = phone.ports.vault;
  const taken_at = phone.moment();
  const sha256 = await vault.sha256(shot.bytes);
  const small = await decode(shot.bytes, shot.type);
  const thumb = small && {
    sha256: await vault.sha256(small.bytes),
    size: small.bytes.length,
    type: small.type,
    sealed: await vault.seal(small.bytes),
  };
  const photo: PhotoArgs = {
    id: phone.newId(),
    sha256,
    thumb: thumb?.sha256 ?? null,
    size: shot.bytes.length,
    type: shot.type,
    width: small?.width ?? 0,
    height: small?.height ?? 0,
    source: shot.source,
    taken_at,
    geo: shot.geo,
    token: shot.token,
    page: phone.page,
  };
  return { photo, ref: shot.ref, sealed: await vault.seal(shot.bytes), thumb };
}

/** Inside the transaction of the command. Bytes are written once and never again. */
export async function keepEvidence(tx: Tx, captured: Captured, at: number): Promise<void> {
  const { photo, ref, thumb } = captured;
  const fresh = { refs: [ref], at, thumb: null };
  const known = await tx.get('blob', photo.sha256);
  const whole = { ...fresh, size: photo.size, type: photo.type, thumb: photo.thumb };
  tx.put('blob', known ? offeredAgain(known, ref) : ownBlob(photo.sha256, 'original', whole));
  if (!(await tx.get('bytes', photo.sha256)))
    tx.put('bytes', { id: photo.sha256, sealed: captured.sealed });
  if (!thumb) return;
  const small = await tx.get('blob', thumb.sha256);
  if (await tx.get('thumb', thumb.sha256)) {
    // Another record's until now: without this reference it would go with that one.
    if (small && !small.refs.includes(ref))
      tx.put('blob', { ...small, refs: [...small.refs, ref] });
    return;
  }
  tx.put('thumb', { id: thumb.sha256, sealed: thumb.sealed });
  tx.put('blob', ownBlob(thumb.sha256, 'thumb', { ...fresh, size: thumb.size, type: thumb.type }));
}

/** The same picture in a second place: one file, one more reference. */
function offeredAgain(known: BlobRow, ref: string): BlobRow {
  const refs = [...new Set([...known.refs, ref])];
  const sendable = known.state === 'stored' || known.state === 'partial';
  return { ...known, refs, own: true, state: sendable ? known.state : 'pending' };
}

type Fresh = Pick<BlobRow, 'refs' | 'at' | 'size' | 'type' | 'thumb'>;

function ownBlob(id: string, role: BlobRow['role'], fresh: Fresh): BlobRow {
  return {
    id,
    role,
    own: true,
    state: 'pending',
    url: null,
    offset: 0,
    stored_at: null,
    stored_ver: null,
    used_at: fresh.at,
    reason: null,
    failures: 0,
    ...fresh,
  };
}

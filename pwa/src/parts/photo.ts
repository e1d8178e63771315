// A photo record and what this device knows of its bytes, told as one state with one word.
import type { PhotoState } from '@/foundation/evidence/photos';
import type { EvidenceState } from './evidence';
import { say } from './say';

export interface PhotoBody {
  parent: [kind: string, id: string];
  item: string | null;
  finding: string | null;
  purpose: 'answer' | 'finding' | 'before' | 'after' | 'signature' | 'reference';
  sha256: string;
  thumb: string | null;
  size: number;
  type: string;
  width: number;
  height: number;
  source: 'camera' | 'gallery' | 'drawn';
  by: string;
  taken_at: string;
  earliest: string | null;
  latest: string | null;
  state: 'awaited' | 'stored' | 'accepted' | 'refused' | 'waived' | 'sealed';
  reason: string | null;
}

export interface Standing {
  state: EvidenceState;
  sending?: number;
  word?: string;
}

/** Never better than what the server has said; "sending" is still on this device. */
export function standing(photo: PhotoBody, here: PhotoState | null | undefined): Standing {
  const w = say();
  if (here?.state === 'damaged') return { state: 'refused', word: w.damaged };
  if (photo.state === 'refused' || here?.state === 'refused') return { state: 'refused' };
  if (photo.state === 'accepted') return { state: 'verified' };
  if (photo.state === 'sealed') return { state: 'verified', word: w.sealed };
  if (photo.state === 'waived') return { state: 'open', word: w.waived };
  if (here?.own && (here.state === 'pending' || here.state === 'partial'))
    return here.percent > 0 ? { state: 'device', sending: here.percent } : { state: 'device' };
  if (photo.state === 'stored' || (here?.own && here.state === 'stored'))
    return { state: 'received' };
  return { state: 'open', word: w.awaited };
}

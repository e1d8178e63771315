// Staff on a visit, and how each of them signed in.
import type { EvidenceState } from './evidence';
import type { OutreachWords } from './words.outreach.zh';
import { when } from './words.svelte';

export interface SignedIn {
  at: string;
  /** metres of error, or null: the phone had no place to give */
  within: number | null;
  on: 'this' | 'other';
  /** where this sign-in stands */
  state: Exclude<EvidenceState, 'open'>;
}
export interface Staff {
  id: string;
  name: string;
  signed: SignedIn | null;
}

/** "09:41 signed in · place within 12 m · on another device" */
export const signedLine = (signed: SignedIn, w: OutreachWords): string =>
  [
    w.signedAt(when(signed.at, 'clock')),
    signed.within === null ? w.placeNone : w.placeKnown(signed.within),
    signed.on === 'this' ? w.thisDevice : w.otherDevice,
  ].join(' · ');

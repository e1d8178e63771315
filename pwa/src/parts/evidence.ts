// The five states of evidence, in the order of DESIGN: worst first where a line has to choose.
export type EvidenceState = 'device' | 'received' | 'verified' | 'refused' | 'open';

export interface Shares {
  verified: number;
  received: number;
  device: number;
}

export interface Picture {
  src: string | null;
  alt: string;
}

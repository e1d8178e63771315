// What the console answers about targets (backend/api/notices.py), one type for each.
import type { Commands } from '@/generated/commands';
import type { Named } from '@/parts/words.svelte';

export type TargetKind = Commands['notices.add_target']['kind'];

/** How a target's way stands; `code` is our word for what is wrong, `status` the other side's number. */
export interface Way {
  state: 'well' | 'failing' | 'dead';
  queued: number;
  attempts: number;
  next_at: string | null;
  failing_since: string | null;
  last_sent_at: string | null;
  code: string | null;
  status: number | null;
  /** seconds that our clock is ahead of theirs, where that may be the reason */
  clock_off: number | null;
}
export interface TargetRow {
  id: string;
  name: string;
  kind: TargetKind;
  host: string;
  kinds: string[];
  outlets: string[];
  lines: string[];
  language: 'zh' | 'en';
  state: 'active' | 'paused';
  way: Way;
}
export interface TargetList {
  rows: TargetRow[];
  kinds: { name: string; words: Named }[];
  hosts: string[];
  links: boolean;
}
export interface DeliveryRow {
  id: string;
  words: Named;
  rec: [string, string] | null;
  outlet: string | null;
  at: string;
  state: 'queued' | 'sent' | 'refused' | 'expired' | 'dropped';
  attempts: number;
  code: string | null;
  status: number | null;
}
export interface TargetDetail {
  target: TargetRow;
  deliveries: DeliveryRow[];
}

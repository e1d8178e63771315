// What the administrator's lists answer with (backend/api/people.py), one type for each.
import type { Key } from '@/foundation/store/tables';
import type { Commands } from '@/generated/commands';
import type { Named } from '@/parts/words.svelte';

export type Role = Commands['identity.hold_post']['role'];

export interface HeldPost {
  id: string;
  role: Role;
  unit: string | null;
  outlet: string | null;
  line: string | null;
  title: Named;
  held_from: string;
  held_to: string | null;
  /** today */
  is_held: boolean;
}
export interface PersonRow {
  id: string;
  username: string;
  name: string;
  active: boolean;
  password: 'none' | 'one_time' | 'lapsed' | 'own';
  posts: HeldPost[];
  devices: number;
  unsent: number;
  last_contact_at: string | null;
}
export interface PeoplePage {
  rows: PersonRow[];
  next: string | null;
}
export type DeviceState = 'active' | 'suspended' | 'wipe_after_push' | 'wipe_now';
export interface KnownDevice {
  id: string;
  name: string;
  state: DeviceState;
  first_seen_at: string;
  last_contact_at: string;
  unsent: { commands: number; photos: number; bytes: number; oldest_at: string | null };
  build: number;
  persisted: boolean;
  installed: boolean;
  signed_in: boolean;
}
export interface ManagedDevice {
  device: KnownDevice;
  state_reason: string | null;
  state_by: string | null;
  state_at: string | null;
  free_bytes: number;
  erased_at: string | null;
  /** how much went with it that had not been sent */
  erased_unsent: number | null;
}
export interface PersonDetail {
  person: PersonRow;
  devices: ManagedDevice[];
}
export interface GivenPassword {
  username: string;
  password: string;
  valid_until: string;
}
export interface BroughtPost {
  row: number;
  post: string;
  is_new: boolean;
  role: Role;
  unit: string | null;
  outlet: string | null;
  line: string | null;
  title: Named;
  held_from: string | null;
  held_to: string | null;
}
export interface BroughtPerson {
  rows: number[];
  id: string;
  username: string;
  name: string;
  is_new: boolean;
  posts: BroughtPost[];
}
export interface CellProblem {
  row: number;
  column: string;
  code: string;
  facts: Record<string, string | number>;
}
export interface PeopleImport {
  people: BroughtPerson[];
  problems: CellProblem[];
  ignored: string[];
  tab: string;
  is_cut: boolean;
}
export interface AuditRow {
  id: string;
  type: string;
  rec: Key;
  actor: string;
  actor_name: string;
  /** whom a deputy acted for */
  for_person: string | null;
  for_name: string;
  about_name: string;
  device: string;
  occurred_at: string;
  received_at: string;
  values: Record<string, unknown>;
}
export interface AuditPage {
  rows: AuditRow[];
  next: string | null;
}

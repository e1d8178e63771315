// What the officer's lists answer with (backend/api/privacy.py), one type for each.
import type { Key } from '@/foundation/store/tables';

export interface ConsentRow {
  consent: string;
  purpose: string;
  state: string;
  parent: Key;
  outlet: string;
  notice: string;
  late_notice: boolean;
  principal: string;
  minor: boolean;
  how: string;
  by: string;
  given_at: string;
  valid_until: string | null;
}
export interface WithdrawalRow {
  consent: string;
  purpose: string;
  parent: Key;
  outlet: string;
  channel: string;
  asked_by: string;
  staff: string;
  withdrawn_at: string;
  recorded_at: string;
  action: string;
  erase_by: string;
  certificate: string | null;
}
export interface KeptRow {
  parent: Key;
  klass: string;
  action: string;
  outlet: string;
  since: string;
  due_on: string;
  days_left: number;
  state: string;
  held: boolean;
  unanswered: boolean;
  certificate: string | null;
}
export interface CertificateRow {
  id: string;
  overdue: boolean;
  certificate: {
    cause: string;
    action: string;
    parent: Key;
    rule: string;
    records: Key[];
    fields: number;
    digests: string[];
    by: string;
    ordered_at: string;
    erase_by: string;
    state: string;
    done_at: string | null;
  };
}
export interface HoldRow {
  id: string;
  hold: {
    parent: Key;
    by: string;
    why: string;
    at: string;
    released_by: string | null;
    released_why: string | null;
    released_at: string | null;
  };
}
export interface Month {
  month: string;
  parts: {
    name: string;
    count: number;
    rows: { kind: string; rec_id: string; rule: string; at: string; ref: string; cause: string }[];
  }[];
}

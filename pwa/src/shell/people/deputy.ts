// Days on which somebody decides for an absent person (identity/deputy_rules.py). Pure.
import { DEPUTY_DAYS_MAX } from '@/foundation/identity/deputies';

export type DeputyFault = 'person' | 'deputy' | 'self' | 'dates' | 'past' | 'long' | 'reason';
export interface DeputyDraft {
  person: string;
  deputy: string;
  first: string;
  last: string;
  reason: string;
}

export function deputyFaults(draft: DeputyDraft, today: string): DeputyFault[] {
  const { person, deputy, first, last, reason } = draft;
  const found: [boolean, DeputyFault][] = [
    [!person, 'person'],
    [!deputy, 'deputy'],
    [Boolean(deputy) && deputy === person, 'self'],
    [!first || !last || last < first, 'dates'],
    [Boolean(first) && first < today, 'past'],
    [daysOf(first, last) > DEPUTY_DAYS_MAX, 'long'],
    [!reason.trim(), 'reason'],
  ];
  return found.flatMap(([wrong, fault]) => (wrong ? [fault] : []));
}

/** Both days counted; 0 where one is missing. */
export const daysOf = (first: string, last: string): number =>
  first && last ? Math.round((Date.parse(last) - Date.parse(first)) / 86_400_000) + 1 : 0;

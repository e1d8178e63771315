// How many working days the server gives a case, by its severity (rectifications/rules/opening.py).
import type { Severity } from '@/foundation/checklists';

export const DUE_WORKDAYS: Record<Severity, number> = {
  danger: 1,
  serious: 3,
  major: 5,
  minor: 10,
};

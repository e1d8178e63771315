// What the phone guesses of commands about photographs that belong to no feature. Pure.
import type { RecordRules } from '@/foundation/catalogue';

export const rules: RecordRules = {
  previews: {
    'evidence.waive': { apply: (body) => body && { ...body, state: 'waived', reason: null } },
  },
};

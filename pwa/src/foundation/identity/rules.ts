// What the engine knows of commands about people: a PIN that was set shows before it is sent.

import type { RecordRules } from '@/foundation/catalogue';

export const rules: RecordRules = {
  previews: {
    'identity.set_pin': { apply: (_body, { at }) => ({ set_at: at }) },
  },
};

// What the engine knows of commands about people: a PIN that was set and a deputy who was named show before
// they are sent.

import type { RecordRules } from '@/foundation/catalogue';

export const rules: RecordRules = {
  previews: {
    'identity.set_pin': { apply: (_body, { at }) => ({ set_at: at }) },
    'identity.appoint_deputy': {
      apply: (_body, { at, args: { reason: _reason, ...shown } }) => ({
        ...shown,
        appointed_at: at,
        ended_at: null,
      }),
    },
    'identity.end_deputy': { apply: (body, { at }) => body && { ...body, ended_at: at } },
  },
};

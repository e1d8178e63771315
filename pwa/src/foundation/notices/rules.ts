// What the engine knows of commands about notices: what was read here is read at once, in every tab.

import type { RecordRules } from '@/foundation/catalogue';
import type { Body, Key } from '@/foundation/store/tables';

const NOTHING = { address: null, muted: [], quiet: null, language: 'zh' };

/** Of somebody else's inbox nothing is kept here: an administrator who sets an address has it from the list. */
const own = (id: string, actor: string, next: Body): Body | undefined =>
  id === actor ? next : undefined;

export const rules: RecordRules = {
  previews: {
    'notices.mark_read': {
      touches: ({ args }) => (args.notices as string[]).map((id): Key => ['notice', id]),
      apply: (body, { at }) => body && { ...body, read_at: body.read_at ?? at },
    },
    'notices.choose': {
      register: () => 'choices',
      apply: (body, { args, actor }, [, id]) => own(id, actor, { ...NOTHING, ...body, ...args }),
    },
    'notices.set_address': {
      register: () => 'address',
      apply: (body, { args, actor }, [, id]) =>
        own(id, actor, { ...NOTHING, ...body, address: args.address }),
    },
  },
};

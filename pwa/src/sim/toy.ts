// Previews of the toy feature that the server's tests use: boxes of toys.

import type { RecordRules } from '@/foundation/catalogue';

const amountIn = (args: Record<string, unknown>): number => Number(args.amount ?? args.count ?? 0);

export const TOY: RecordRules = {
  previews: {
    'toys.create': { apply: (body, { args }) => body ?? { ...args, amount: 0 } },
    'toys.add': {
      apply: (body, { args }) =>
        body && { ...body, amount: Number(body.amount ?? 0) + amountIn(args) },
    },
    'toys.move': { apply: (body, { args }) => body && { ...body, place: args.place } },
    'toys.discard': { apply: () => null },
  },
};

// Previews of what the server's tests use: boxes of toys, and albums with photographs.

import type { RecordRules } from '@/foundation/catalogue';
import type { Body } from '@/foundation/store/tables';

const amountIn = (args: Body): number => Number(args.amount ?? args.count ?? 0);

type Album = { photos: string[]; by: string[]; complete: boolean; good: string[] };
type Photo = Body & { id: string };

const albumOf = (body: Body): Album => body as Album;

export const TOY: RecordRules = {
  previews: {
    'toys.create': { apply: (body, { args }) => body ?? { ...args, total: 0, history: [] } },
    'toys.add': {
      version: 2,
      apply: (body, { args }) => body && { ...body, total: Number(body.total) + amountIn(args) },
    },
    'toys.move': { apply: (body, { args }) => body && { ...body, place: args.place } },
    'toys.discard': { apply: () => null },
    'ward.begin': {
      apply: (body, { args, actor }) =>
        body ?? { ...args, caption: '', photos: [], by: [actor], complete: true, good: [] },
    },
    'ward.caption': {
      register: () => 'caption',
      apply: (body, { args }) => body && { ...body, caption: args.text },
    },
    'ward.erase': { apply: () => null },
    'ward.attach': {
      touches: ({ rec, args }) => [rec, ['photo', (args.photo as Photo).id]],
      apply: (body, { args, actor, rec }, [kind]) => {
        const { id, ...photo } = args.photo as Photo;
        if (kind === 'photo') return { ...photo, parent: rec, by: actor, state: 'awaited' };
        return body && { ...body, photos: [...albumOf(body).photos, id], complete: false };
      },
    },
  },
  standings: {
    album: (body, me) => {
      const { by, complete } = albumOf(body);
      if (!by.includes(me)) return undefined;
      return complete ? 'verified' : 'received';
    },
  },
  downloads: {
    album: (body) => albumOf(body).good.map((sha256) => ({ sha256, size: 320 })),
  },
};

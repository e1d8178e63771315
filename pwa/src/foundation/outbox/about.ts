// A command about one record, with the arguments that the server generated the type of: a field
// that it does not know, or a name of another feature, is an error here and not a refusal later.

import type { Command } from '@/foundation/catalogue';
import type { Body } from '@/foundation/store/tables';
import type { Commands } from '@/generated/commands';

export type Name<Feature extends string> = {
  [Op in keyof Commands]: Op extends `${Feature}.${infer Rest}` ? Rest : never;
}[keyof Commands];

export type Args<Feature extends string, N extends string> = Commands[`${Feature}.${N}` &
  keyof Commands];

/** `about('inspections', 'round')(id, 'cancel', { reason })` is what `put` takes. */
export const about =
  <Feature extends string>(feature: Feature, kind: string) =>
  <N extends Name<Feature>>(
    id: string,
    name: N,
    args: Args<Feature, N>,
    more: Pick<Command, 'id' | 'base' | 'blobs'> = {},
  ): Command => ({
    op: `${feature}.${name}`,
    rec: [kind, id],
    args: args as Body,
    ...more,
  });

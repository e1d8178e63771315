// From a button to a command in the outbox. Nothing waits for the network.
import type { Captured } from '@/foundation/evidence/captured';
import { type Args, about, type Name } from '@/foundation/outbox/about';
import { put } from '@/foundation/outbox/put';
import { phone } from '@/foundation/phone';

const to = about('rectifications', 'rectification');

export async function ask<N extends Name<'rectifications'>>(
  name: N,
  id: string,
  args: Args<'rectifications', N>,
  evidence: Captured[] = [],
): Promise<void> {
  const blobs = evidence.flatMap(({ photo }) =>
    photo.thumb ? [photo.sha256, photo.thumb] : [photo.sha256],
  );
  await put(phone(), to(id, name, args, { blobs }), evidence);
}

// From a button to a command in the outbox. Nothing waits for the network.
import type { Captured } from '@/foundation/evidence/captured';
import { put } from '@/foundation/outbox/put';
import { phone } from '@/foundation/phone';
import type { Body } from '@/foundation/store/tables';
import type { Commands } from '@/generated/commands';

type Op = Extract<keyof Commands, `rectifications.${string}`>;

export async function ask<O extends Op>(
  op: O,
  id: string,
  args: Commands[O],
  evidence: Captured[] = [],
): Promise<void> {
  const blobs = evidence.flatMap(({ photo }) =>
    photo.thumb ? [photo.sha256, photo.thumb] : [photo.sha256],
  );
  const command = { op, rec: ['rectification', id] as [string, string], args: args as Body, blobs };
  await put(phone(), command, evidence);
}

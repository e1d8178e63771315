// What a manager does to a round, each as the command that carries it.
import { about } from '@/foundation/outbox/about';
import { put } from '@/foundation/outbox/put';
import { phone } from '@/foundation/phone';
import type { Commands } from '@/generated/commands';

const to = about('inspections', 'round');

export async function plan(asked: Commands['inspections.assign']): Promise<string> {
  const id = phone().newId();
  await put(phone(), to(id, 'assign', asked));
  return id;
}

export const give = (round: string, assignee: string, reason: string) =>
  put(phone(), to(round, 'reassign', { assignee, reason }));

export const cancel = (round: string, reason: string) =>
  put(phone(), to(round, 'cancel', { reason }));

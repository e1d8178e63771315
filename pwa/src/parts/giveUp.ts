// Who may say that a photograph will not come: a guess from the generated machine and the posts known
// here; the server decides again. Never whoever took it: a lost proof is not one's own to excuse.
import { put } from '@/foundation/outbox/put';
import { phone } from '@/foundation/phone';
import { MACHINES } from '@/generated/machines';
import type { PhotoBody } from './photo';

export interface Judge {
  id: string;
  posts: readonly { role: string; outlet: string | null; line: string | null }[];
}
export interface Where {
  outlet: string;
  line: string;
  /** whoever handed the record in, of which the photograph is a part */
  handedInBy?: string | null;
}

const move = MACHINES.photo?.moves.find(({ name }) => name === 'waive');

export function mayGiveUp(
  photo: Pick<PhotoBody, 'state' | 'by'>,
  me: Judge,
  where: Where,
): boolean {
  if (!move?.sources.includes(photo.state)) return false;
  if (photo.by === me.id || where.handedInBy === me.id) return false;
  return me.posts.some(
    ({ role, outlet, line }) =>
      move.roles.includes(role) &&
      (outlet === null || outlet === where.outlet) &&
      (line === null || line === where.line),
  );
}

export const giveUp = (id: string, sha256: string, reason: string) =>
  put(phone(), { op: 'evidence.waive', rec: ['photo', id], args: { digest: sha256, reason } });

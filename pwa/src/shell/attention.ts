// What needs a person, in words: what happened, that it is still here, one verb.
import type { Attention } from '@/foundation/attention';
import type { IconName } from '@/parts/icons';
import { placeOf, problemWords } from './contributions';
import { say } from './say';

export interface Needed {
  id: string;
  icon: IconName;
  tone: 'bad' | 'warn';
  what: string;
  todo: string;
  verb: string;
  href: string | null;
}

const PHOTO = new Set<Attention['status']>(['blob_refused', 'damaged']);

export function needed(item: Attention): Needed {
  const w = say();
  const told = problemWords(item.code) ?? w.problems[item.code] ?? byStatus(item.status);
  const photo = PHOTO.has(item.status);
  const mends = item.code === 'personal_number' || item.code === 'args_invalid';
  const place = item.rec ? placeOf(item.rec[0]) : null;
  return {
    id: item.id,
    icon: photo ? 'camera' : mends ? 'pen' : 'warning',
    tone: photo || item.status === 'rejected' ? (mends ? 'warn' : 'bad') : 'warn',
    what: told.what,
    todo: told.todo,
    verb: photo ? w.actions.retake : mends ? w.actions.edit : w.actions.look,
    href: place && item.rec ? place.href(item.rec[1]) : null,
  };
}

function byStatus(status: Attention['status']): { what: string; todo: string } {
  const t = say().told;
  if (status === 'conflict') return { what: t.conflict, todo: t.conflictTodo };
  if (status === 'merged') return { what: t.merged, todo: t.mergedTodo };
  if (status === 'escrowed') return { what: t.escrowed, todo: t.escrowedTodo };
  if (status === 'blob_refused') return { what: t.photo, todo: t.photoTodo };
  if (status === 'damaged') return { what: t.damaged, todo: t.damagedTodo };
  if (status === 'engine') return { what: t.engine, todo: t.engineTodo };
  return { what: t.refusedWhat, todo: t.refusedTodo };
}

// What needs a person, in words: what happened, that it is still here, one verb. The sentences of
// refusals come from the server's own declarations and are fetched only when there is one to tell.
import type { Attention } from '@/foundation/attention';
import type { PROBLEMS } from '@/generated/problems';
import type { IconName } from '@/parts/icons';
import { tongue } from '@/parts/words.svelte';
import { placeOf } from './contributions';
import { say } from './say';

export type Sentences = typeof PROBLEMS;

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
const MENDS = new Set(['personal_number', 'args_invalid', 'answer_out_of_range', 'incomplete']);

export function needed(item: Attention, sentences: Sentences): Needed {
  const w = say();
  const told = sentenceOf(item, sentences) ?? byStatus(item.status);
  const photo = PHOTO.has(item.status);
  const mends = MENDS.has(item.code);
  const place = item.rec ? placeOf(item.rec[0]) : null;
  return {
    id: item.id,
    icon: photo ? 'camera' : mends ? 'pen' : 'warning',
    tone: photo || (item.status === 'rejected' && !mends) ? 'bad' : 'warn',
    what: told.what,
    todo: told.todo || w.told.refusedTodo,
    verb: photo ? w.actions.retake : mends ? w.actions.edit : w.actions.look,
    href: place && item.rec ? place.href(item.rec[1]) : null,
  };
}

/** The first sentence says what happened, the rest what to do. */
function sentenceOf(item: Attention, sentences: Sentences): { what: string; todo: string } | null {
  const told = sentences[item.code]?.[tongue()];
  if (!told) return null;
  const filled = told.replace(/\{(\w+)\}/g, (_, name) => String(item.facts[name] ?? '…'));
  const [what = filled, ...rest] = filled.split(/(?<=。)|(?<=\.)\s/);
  return { what: what.replace(/[。.]$/, ''), todo: rest.join(' ') };
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

let fetched: Promise<Sentences> | null = null;
export const sentences = (): Promise<Sentences> => {
  fetched ??= import('@/generated/problems').then(
    (module) => module.PROBLEMS,
    () => ({}),
  );
  return fetched;
};

// What needs a person, in words: what happened, where, that it is still here, one verb.
import type { Attention } from '@/foundation/attention';
import type { Body } from '@/foundation/store/tables';
import type { NameOf } from '@/parts/directory';
import type { IconName } from '@/parts/icons';
import type { Sentences } from '@/parts/refusals';
import { tongue } from '@/parts/words.svelte';
import { placeOf } from './contributions';
import { textsIn } from './mend';
import type { Need } from './needs';
import { reasonOf } from './news/own';
import { say } from './say';

export interface Needed {
  id: string;
  icon: IconName;
  tone: 'bad' | 'warn';
  what: string;
  todo: string;
  verb: string;
  /** edit: the words are sent again; go: to the place; settle: it was read, and goes */
  act: 'edit' | 'go' | 'settle';
  href: string | null;
}

const PHOTO = new Set<Attention['status']>(['blob_refused', 'damaged']);
const MENDS = new Set(['answer_out_of_range', 'answer_too_precise', 'incomplete']);

export function needed(need: Need, sentences: Sentences, nameOf: NameOf): Needed {
  const w = say();
  const told = sentenceOf(need, sentences) ?? byStatus(need);
  const photo = PHOTO.has(need.status);
  const edits = need.code === 'personal_number' && textsIn(need.asked).length > 0;
  const mends = edits || MENDS.has(need.code);
  const place = need.rec ? placeOf(need.rec[0]) : null;
  const href = need.spot?.href ?? (place && need.rec ? place.href(need.rec[1]) : null);
  const act = edits ? 'edit' : href && !need.seen ? 'go' : 'settle';
  const where = need.body && place ? place.label(need.body, nameOf) : '';
  const at = [where, need.spot?.no].filter(Boolean).join(' ');
  const verb = photo ? w.actions.retake : mends ? w.actions.edit : w.actions.look;
  return {
    id: need.id,
    icon: photo ? 'camera' : mends ? 'pen' : 'warning',
    tone: photo || (need.status === 'rejected' && !mends) ? 'bad' : 'warn',
    what: told.what,
    todo: (at && at + w.colon) + (told.todo || w.told.refusedTodo),
    verb: act === 'settle' ? w.actions.read : verb,
    act,
    href,
  };
}

// Facts that read as they are. Everything else is a code until a feature has words for it.
const PLAIN = new Set(
  'no value min max decimals person count awaited limit size_mb limit_mb year day retry_after username first_day last_day'.split(
    ' ',
  ),
);

/** The first sentence says what happened, the rest what to do. A sentence that would show a code is
 * left out; where it is the first, the words for the kind of refusal take the place of all. */
function sentenceOf(need: Need, sentences: Sentences): { what: string; todo: string } | null {
  const told = sentences[need.code]?.[tongue()];
  if (!told) return null;
  const words: Body = {
    ...plain(need.facts),
    ...need.mending?.facts(need.facts),
    ...fieldOf(need),
  };
  const said = told
    .replace(/（\{code\}）| \(\{code\}\)/g, '')
    .split(/(?<=。)|(?<=\.)\s/)
    .map((one) => fill(one, words));
  const [what, ...rest] = said;
  if (!what) return null;
  return { what: what.replace(/[。.]$/, ''), todo: rest.filter(Boolean).join(' ') };
}

const plain = (facts: Body): Body =>
  Object.fromEntries(Object.entries(facts).filter(([name]) => PLAIN.has(name)));

function fieldOf({ facts }: Need): Body {
  const last = String(facts.field ?? '')
    .match(/[a-z_]+/g)
    ?.at(-1);
  const word = last && say().fields[last];
  return word ? { field: word } : {};
}

function fill(sentence: string, words: Body): string {
  const names = [...sentence.matchAll(/\{(\w+)\}/g)].map(([, name]) => name as string);
  if (names.some((name) => words[name] == null)) return '';
  const filled = sentence.replace(/\{(\w+)\}/g, (_, name) => String(words[name]));
  // The gap beside a code is too much between Han and Han.
  return filled.replace(/(\p{Script=Han}) (?=\p{Script=Han})/gu, '$1');
}

function byStatus({ status, code }: Need): { what: string; todo: string } {
  const t = say().told;
  if (status === 'conflict') return { what: t.conflict, todo: t.conflictTodo };
  if (status === 'merged') return { what: t.merged, todo: t.mergedTodo };
  if (status === 'escrowed') return { what: t.escrowed, todo: t.escrowedTodo };
  if (status === 'blob_refused') {
    const why = reasonOf(code);
    return { what: t.photo, todo: (why && why + say().stop) + t.photoTodo };
  }
  if (status === 'damaged') return { what: t.damaged, todo: t.damagedTodo };
  if (status === 'engine') return { what: t.engine, todo: t.engineTodo };
  return { what: t.refusedWhat, todo: t.refusedTodo };
}

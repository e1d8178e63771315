// Refused parts of a visit: which step they belong to, and what a refusal names, in words.
import type { Phone } from '@/foundation/phone';
import { readOne } from '@/foundation/reading';
import type { Body, Key } from '@/foundation/store/tables';
import type { Mending, Spot } from '@/parts/contribution';
import { short } from './asked/questions';
import { isInHand, isMine, type VisitBody } from './model';
import { say } from './say';
import { type StepName, sequenceOf } from './sequence';

/** The step that a refused command was given in, told by what it asked. */
export function stepFor(asked: Body): StepName | null {
  if (asked.pin) return 'presence';
  if (asked.consent) return 'consent';
  if (asked.document) return 'sight';
  if ('responds_to_name' in asked) return 'observe';
  if ('words' in asked) return 'intention';
  if ('recorder' in asked) return 'recording';
  if ('scope' in asked) return 'authorise';
  if ('giver' in asked) return 'hand_over';
  if ('topics' in asked) return 'guide';
  if ('present' in asked) return 'agent';
  return asked.photo ? 'photos' : null;
}

async function spot(on: Phone, [kind, id]: Key, asked: Body): Promise<Spot | null> {
  if (kind !== 'visit') return null;
  const visit = (await readOne<VisitBody>(on, ['visit', id]))?.body;
  if (!visit) return null;
  const fills = isMine(visit, on.person.id) && isInHand(visit.state);
  if (asked.photo && !fills) return null;
  const step = fills ? stepFor(asked) : null;
  const known = step && sequenceOf(visit.kind).includes(step);
  return { href: known ? `/visits/${id}/${step}` : `/visits/${id}`, no: '' };
}

function facts(told: Body): Record<string, string> {
  const w = say();
  const known: Record<string, string | undefined> = {
    state: (w.states as Record<string, string>)[String(told.state)],
    kind: (w.kinds as Record<string, string>)[String(told.kind)],
    purpose: w.purposes[short(String(told.purpose))],
    missing: missingIn(told.missing),
    present: told.present === undefined ? undefined : String(told.present),
    number: told.number === undefined ? undefined : String(told.number),
    until: told.until === undefined ? undefined : String(told.until),
  };
  return Object.fromEntries(
    Object.entries(known).filter((pair): pair is [string, string] => pair[1] !== undefined),
  );
}

/** `identity, authority` as the reader calls them. */
function missingIn(codes: unknown): string | undefined {
  if (typeof codes !== 'string') return undefined;
  const w = say();
  const called = { ...w.about, agent: w.agent };
  return codes
    .split(', ')
    .map((code) => called[code as keyof typeof called] ?? code)
    .join(w.comma);
}

export const mending: Mending = { spot, facts };

// Refused steps of a case: where to look, and its states in words.
import type { Phone } from '@/foundation/phone';
import { readOne } from '@/foundation/reading';
import type { Body, Key } from '@/foundation/store/tables';
import type { Mending, Spot } from '@/parts/contribution';
import { caseOf } from './model';
import { say } from './say';

/** States in which the outlet still adds and removes photos of the fix. */
const FIXING = new Set(['assigned', 'accepted', 'returned']);

async function spot(on: Phone, rec: Key, asked: Body): Promise<Spot | null> {
  const row = await readOne(on, rec);
  if (!row) return null;
  const one = caseOf(row.body);
  if (asked.photo && !FIXING.has(one.state)) return null;
  return { href: `/findings/${rec[1]}`, no: one.item.no };
}

function facts({ state, severity }: Body): Record<string, string> {
  const w = say();
  const states: Record<string, string> = w.states;
  const severities: Record<string, string> = w.severities;
  const known = { state: states[String(state)], severity: severities[String(severity)] };
  return Object.fromEntries(
    Object.entries(known).filter((pair): pair is [string, string] => pair[1] !== undefined),
  );
}

export const mending: Mending = { spot, facts };

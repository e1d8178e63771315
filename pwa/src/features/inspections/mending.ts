// Refused parts of a round: which item they belong to, and how they are sent again with other words.
import type { Command } from '@/foundation/catalogue';
import type { Answer, Sheet } from '@/foundation/checklists';
import type { Phone } from '@/foundation/phone';
import { readOne } from '@/foundation/reading';
import type { Body, Key } from '@/foundation/store/tables';
import type { Mending, Spot } from '@/parts/contribution';
import type { RoundBody, TemplateBody } from './model';
import { say } from './say';

async function spot(on: Phone, rec: Key, asked: Body): Promise<Spot | null> {
  const round = await readOne<RoundBody>(on, rec);
  const living = round?.body.state === 'open' || round?.body.state === 'assigned';
  if (!round || (asked.photo && !living)) return null;
  const key = typeof asked.item === 'string' ? asked.item : null;
  if (!key) return { href: `/rounds/${rec[1]}`, no: '' };
  const paper = await readOne<TemplateBody>(on, ['template', round.body.template]);
  const items = paper?.body.doc.sections.flatMap((section) => section.items) ?? [];
  const finding = asked.finding ? '&finding=1' : '';
  return {
    href: living ? `/rounds/${rec[1]}?item=${key}${finding}` : `/rounds/${rec[1]}`,
    no: items.find((item) => item.key === key)?.no ?? '',
  };
}

/** The answer of by now, unless the words are the answer: a note must not bring an old answer back. */
export function renewed(command: Command, answer: Answer | undefined): Command {
  if (command.op !== 'inspections.set_answer') return command;
  const value = typeof command.args.value === 'string' && isWords(command.args.value);
  const args = answer && !value ? { ...command.args, value: answer.value } : command.args;
  return { ...command, args, base: answer?.rev ?? 0 };
}
const isWords = (value: string): boolean => !['pass', 'fail', 'na'].includes(value);

async function again(on: Phone, command: Command): Promise<Command> {
  const sheet = await readOne<Sheet>(on, ['sheet', command.rec[1]]);
  return renewed(command, sheet?.body.answers[String(command.args.item)]);
}

function facts({ state, what, severity }: Body): Record<string, string> {
  const w = say();
  const states: Record<string, string> = {
    assigned: w.notStarted,
    open: w.underWayState,
    submitted: w.handedIn,
    cancelled: w.cancelled,
  };
  const known = {
    state: states[String(state)],
    what: w.lacks[String(what)],
    severity: w.severities[String(severity)],
  };
  return Object.fromEntries(
    Object.entries(known).filter((pair): pair is [string, string] => pair[1] !== undefined),
  );
}

export const mending: Mending = { spot, facts, again };

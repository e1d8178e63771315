// The phone's guess, judged by the same cases as the server's rules.
import { expect, test } from 'vitest';
import type { Asked } from '@/foundation/catalogue';
import type { Body, Key } from '@/foundation/store/tables';
import file from '../../../../tests/features/rectifications/cases/moves.json';
import { rules } from './preview';

type Case = { name: string; before: Body; op: string; actor: string; args: Body; after: Body };

const REC: Key = ['rectification', 'case'];

function guessed(one: Case): Body {
  const args = one.op.endsWith('.attach') ? { photo: { id: one.args.photo } } : one.args;
  const asked: Asked = { op: one.op, rec: REC, args, id: 'event', actor: one.actor, at: file.at };
  const body = structuredClone({ ...file.blank, ...one.before }) as unknown as Body;
  return rules.previews![one.op]!.apply!(body, asked, REC) as Body;
}

function seen(after: Body, field: string, expected: unknown): unknown {
  if (field === 'extension') return (after.extension as { answer: string } | null)?.answer;
  if (field !== 'last') return after[field];
  const last = (after.events as Body[]).at(-1)!;
  return Object.fromEntries(Object.keys(expected as Body).map((name) => [name, last[name]]));
}

test.each(file.cases as unknown as Case[])('$name', (one) => {
  const after = guessed(one);
  for (const [field, value] of Object.entries(one.after))
    expect(seen(after, field, value), field).toEqual(value);
});

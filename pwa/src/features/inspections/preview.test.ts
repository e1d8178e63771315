// The phone's guess, judged by the same cases as the server's rules.
import { expect, test } from 'vitest';
import type { Asked } from '@/foundation/catalogue';
import type { Body, Key } from '@/foundation/store/tables';
import file from '../../../../tests/features/inspections/cases/rounds.json';
import { rules } from './preview';

type Case = { name: string; before: Body; op: string; actor: string; args: Body; after: Body };

const REC: Key = ['round', 'round'];

function guessed(one: Case): Body {
  const { op, args, actor } = one;
  const asked: Asked = { op, rec: REC, args, id: 'event', actor, at: file.at };
  const body = structuredClone({ ...file.blank, ...one.before }) as unknown as Body;
  return rules.previews![op]!.apply!(body, asked, REC) as Body;
}

function seen(after: Body, field: string, expected: unknown): unknown {
  if (field !== 'amendments') return after[field];
  const names = Object.keys((expected as Body[])[0]!);
  const all = after.amendments as Body[];
  return all.map((one) => Object.fromEntries(names.map((name) => [name, one[name]])));
}

test.each(file.cases as unknown as Case[])('$name', (one) => {
  const after = guessed(one);
  for (const [field, value] of Object.entries(one.after))
    expect(seen(after, field, value), field).toEqual(value);
});

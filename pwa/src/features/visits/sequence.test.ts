import { expect, test } from 'vitest';
import type { ConsentBody } from './consents';
import type { AnswerBody, Aspect, VisitBody } from './model';
import { endsBy, lacking, nextStep, type StepName, stepsOf as steps } from './sequence';
import type { Known } from './stores';

const stepsOf = (one: Known, now: string, me = 'a') => steps(one, me, now);
const NOW = '2026-11-24T06:00:00.000Z';
const ASPECTS: Aspect[] = ['identity', 'condition', 'intention', 'photos', 'recording'];
const consent = (given: Partial<Record<Aspect, boolean>>): ConsentBody & { id: string } =>
  ({
    id: 'c',
    given_at: '2026-11-24T05:00:00.000Z',
    valid_until: null,
    answers: ASPECTS.map((one) => ({
      purpose: `visits.${one}`,
      given: given[one] ?? true,
      withdrawn_at: null,
    })),
  }) as never;
const blank = {
  presences: [],
  authority: null,
  guidance: null,
  hand_overs: [],
} as unknown as VisitBody;
const at = (
  body: Partial<VisitBody>,
  answers: [Aspect, Partial<AnswerBody>][] = [],
  consents: ConsentBody[] = [],
): Known =>
  ({
    body: { ...blank, kind: 'verification', ...body },
    answers: new Map(answers),
    consents,
  }) as never;
const names = (steps: { name: StepName }[]) => steps.map(({ name }) => name);
const both = [{ person: 'a' }, { person: 'b' }] as VisitBody['presences'];
const whole: [Aspect, Partial<AnswerBody>][] = [
  [
    'identity',
    { sightings: [{ of: 'principal', document: { matches: true } }], agent: {} } as never,
  ],
  ['condition', { observed: [{}] } as never],
  ['intention', { intention: [{}] } as never],
];

test('a verification begins with both of them being there', () => {
  const steps = stepsOf(at({}), NOW);
  expect(nextStep(steps)).toBe('presence');
  expect(names(lacking(steps))).toEqual([
    'presence',
    'consent',
    'sight',
    'agent',
    'observe',
    'intention',
    'authorise',
  ]);
});

test('one of the two is not enough, but the one goes on while the other signs in elsewhere', () => {
  const alone = at({ presences: both.slice(0, 1) });
  expect(nextStep(stepsOf(alone, NOW))).toBe('consent');
  expect(names(lacking(stepsOf(alone, NOW)))).toContain('presence');
  expect(nextStep(stepsOf(alone, NOW, 'b'))).toBe('presence');
  const rest = at({ presences: both.slice(0, 1), authority: {} as never }, whole, [consent({})]);
  expect(nextStep(stepsOf(rest, NOW))).toBe('presence');
});

test('with everything there nothing is lacking, photos or not', () => {
  const steps = stepsOf(at({ presences: both, authority: {} as never }, whole, [consent({})]), NOW);
  expect(lacking(steps)).toEqual([]);
  expect(nextStep(steps)).toBeNull();
});

test('a document that is not theirs is as good as none', () => {
  const other = [
    'identity',
    { sightings: [{ of: 'principal', document: { matches: false } }], agent: {} },
  ];
  const steps = stepsOf(
    at(
      { presences: both, authority: {} as never },
      [other as never, ...whole.slice(1)],
      [consent({})],
    ),
    NOW,
  );
  expect(names(lacking(steps))).toEqual(['sight']);
});

test('no to the intention ends a verification; no to photos does not', () => {
  const says = (given: Partial<Record<Aspect, boolean>>) =>
    stepsOf(at({ presences: both }, [], [consent(given)]), NOW);
  expect(endsBy(says({ intention: false }))?.name).toBe('intention');
  expect(endsBy(says({ photos: false, recording: false }))).toBeNull();
  expect(says({ photos: false }).find(({ name }) => name === 'photos')?.state).toBe('barred');
});

test('guidance asks for what was taught, a collection for a hand-over, and neither for a document', () => {
  const asks = (kind: VisitBody['kind']) =>
    names(lacking(stepsOf(at({ kind, presences: both }, [], [consent({})]), NOW)));
  expect(asks('guidance')).toEqual(['guide']);
  expect(asks('collection')).toEqual(['hand_over']);
});

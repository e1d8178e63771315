// A visit as a sequence: what is there, what is still missing, and what the customer's no rules out. A guess
// of what the server demands at submission, so that the list can be gone through before the signal is back.
import { type Stand, standingTo } from './consents';
import { type AnswerBody, type Aspect, type Kind, purposeOf, signedIn } from './model';
import type { Known } from './stores';

export type StepName =
  | 'presence'
  | 'consent'
  | 'sight'
  | 'agent'
  | 'observe'
  | 'intention'
  | 'recording'
  | 'authorise'
  | 'photos'
  | 'hand_over'
  | 'guide';

export interface Step {
  name: StepName;
  /** open: it is demanded and not there; barred: the customer did not agree to it */
  state: 'done' | 'open' | 'optional' | 'barred';
  /** one's own part is done: what is open comes from the colleague's phone */
  waits: boolean;
  /** how the customer stands to what the step records; null where it records nothing personal */
  stand: Stand | null;
}

const SEQUENCE: Record<Kind, readonly StepName[]> = {
  verification: [
    'presence',
    'consent',
    'sight',
    'agent',
    'observe',
    'intention',
    'recording',
    'authorise',
    'photos',
  ],
  guidance: ['presence', 'consent', 'guide', 'photos'],
  collection: ['presence', 'consent', 'hand_over', 'photos'],
};
const OPTIONAL: ReadonlySet<StepName> = new Set(['recording', 'photos']);
const ASPECT: Partial<Record<StepName, Aspect>> = {
  sight: 'identity',
  agent: 'identity',
  observe: 'condition',
  intention: 'intention',
  recording: 'recording',
  photos: 'photos',
};
const STAFF = 2;

export const sequenceOf = (kind: Kind): readonly StepName[] => SEQUENCE[kind];
export const aspectOf = (step: StepName): Aspect | null => ASPECT[step] ?? null;

export function stepsOf(one: Known, me: string, now: string): Step[] {
  return SEQUENCE[one.body.kind].map((name) => {
    const step = stepOf(one, name, now);
    const waits = name === 'presence' && step.state === 'open' && signedIn(one.body).has(me);
    return { ...step, waits };
  });
}

function stepOf(one: Known, name: StepName, now: string): Omit<Step, 'waits'> {
  const aspect = aspectOf(name);
  const stand = aspect && standingTo(one.consents, purposeOf(aspect), now).state;
  if (isDone(one, name)) return { name, state: 'done', stand };
  if (stand && stand !== 'given' && stand !== 'missing') return { name, state: 'barred', stand };
  return { name, state: OPTIONAL.has(name) ? 'optional' : 'open', stand };
}

/** Somebody saw the customer's own document, and nobody who saw it doubts that it is theirs. */
function isSighted(identity: AnswerBody | undefined): boolean {
  const seen = identity?.sightings.filter(({ of }) => of === 'principal') ?? [];
  return seen.length > 0 && seen.every(({ document }) => document.matches);
}

const answerOf = (one: Known, aspect: Aspect): AnswerBody | undefined => one.answers.get(aspect);

function isDone(one: Known, name: StepName): boolean {
  const { body } = one;
  switch (name) {
    case 'presence':
      return signedIn(body).size >= STAFF;
    case 'consent':
      return one.consents.length > 0;
    case 'sight':
      return isSighted(answerOf(one, 'identity'));
    case 'agent':
      return Boolean(answerOf(one, 'identity')?.agent);
    case 'observe':
      return (answerOf(one, 'condition')?.observed ?? []).length > 0;
    case 'intention':
      return (answerOf(one, 'intention')?.intention ?? []).length > 0;
    case 'recording':
      return Boolean(answerOf(one, 'recording')?.recording);
    case 'photos':
      return (answerOf(one, 'photos')?.photos ?? []).length > 0;
    case 'authorise':
      return body.authority !== null;
    case 'hand_over':
      return body.hand_overs.length > 0;
    case 'guide':
      return body.guidance !== null;
  }
}

/** What keeps the visit from being submitted. */
export const lacking = (steps: readonly Step[]): Step[] =>
  steps.filter(
    ({ state, name }) => state === 'open' || (state === 'barred' && !OPTIONAL.has(name)),
  );

/** The next one to do, from the top; what only the colleague can do comes last. Null when nothing is open. */
export function nextStep(steps: readonly Step[]): StepName | null {
  const open = steps.filter(({ state }) => state === 'open');
  return (open.find(({ waits }) => !waits) ?? open[0])?.name ?? null;
}

/** Without these answers a verification cannot be: it is offered to be ended with an alternative. */
export const endsBy = (steps: readonly Step[]): Step | null =>
  steps.find(({ state, name }) => state === 'barred' && !OPTIONAL.has(name)) ?? null;

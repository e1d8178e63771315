// What the phone shows before the server has answered.
import { expect, test } from 'vitest';
import type { Asked } from '@/foundation/catalogue';
import type { Body, Key } from '@/foundation/store/tables';
import type { ConsentBody } from './consents';
import type { AnswerBody, AuthorisationBody, VisitBody } from './model';
import { rules } from './preview';

const AT = '2026-11-24T02:00:00.000Z';
const V = 'v1';
const VISIT: Key = ['visit', V];
const asked = (op: string, rec: Key, args: object, actor = 'he'): Asked =>
  ({ op, rec, args: args as Body, id: `${op}-id`, actor, at: AT }) as Asked;
const touched = (one: Asked): Key[] => rules.previews?.[one.op]?.touches?.(one) ?? [one.rec];

/** All records that the commands touch, as the phone shows them afterwards. */
function after(...commands: Asked[]): Map<string, Body | null | undefined> {
  const shown = new Map<string, Body | null | undefined>();
  for (const one of commands)
    for (const key of touched(one)) {
      const before = shown.get(key.join(':')) ?? undefined;
      const next = rules.previews?.[one.op]?.apply?.(before, one, key);
      if (next !== undefined) shown.set(key.join(':'), next);
    }
  return shown;
}
const PERSON = { name: '吴桂英', address_as: 'auntie', address: '湖滨路 8 号' };
const REQUEST = asked('visits.request', ['visit_person', V], {
  kind: 'verification',
  outlet: 'o1',
  line: 'community',
  why: 'frail',
  person: PERSON,
});
const SCHEDULE = asked('visits.schedule', VISIT, { day: '2026-11-24', staff: ['he', 'luo'] });
const SIGN_IN = asked('visits.sign_in', VISIT, {});
const visit = (...more: Asked[]): VisitBody =>
  after(REQUEST, SCHEDULE, SIGN_IN, ...more).get(`visit:${V}`) as unknown as VisitBody;

test('a request makes the visit without a name, and the person apart from it', () => {
  const shown = after(REQUEST);
  expect(JSON.stringify(shown.get(`visit:${V}`))).not.toContain('吴桂英');
  expect(shown.get(`visit:${V}`)).toMatchObject({ state: 'requested', requested_by: 'he' });
  expect(shown.get(`visit_person:${V}`)).toMatchObject({ ...PERSON, why: 'frail', phone: null });
});

test('signing in twice is being there once, and by PIN it is the colleague', () => {
  expect(visit(SIGN_IN).presences).toHaveLength(1);
  const both = visit(asked('visits.sign_in', VISIT, { person: 'luo', pin: 'xfs1.x' }));
  expect(both.presences.map(({ person, how }) => [person, how])).toEqual([
    ['he', 'own_device'],
    ['luo', 'pin'],
  ]);
});

test('each of the two sees for themselves; the same one again takes the place of what they said', () => {
  const rec: Key = ['visit_answer', `${V}.condition`];
  const saw = (doubt: boolean, actor: string) =>
    asked('visits.observe', rec, { responds_to_name: 'yes', states_purpose: 'no', doubt }, actor);
  const answer = after(saw(false, 'he'), saw(true, 'luo'), saw(true, 'he')).get(rec.join(':'));
  const { observed, aspect } = answer as unknown as AnswerBody;
  expect(aspect).toBe('condition');
  expect(observed.map(({ by, doubt, note }) => [by, doubt, note])).toEqual([
    ['luo', true, ''],
    ['he', true, ''],
  ]);
});

test('an answer takes up what was returned', () => {
  const back = asked('visits.return', VISIT, { points: ['identity'] }, 'chen');
  expect(visit(back).state).toBe('returned');
  const sight = asked('visits.sight', ['visit_answer', `${V}.identity`], {
    of: 'principal',
    document: { kind: 'passport', matches: true },
  });
  expect(visit(back, sight).state).toBe('under_way');
});

test('a photo is the visit’s, under the purpose that it was agreed to', () => {
  const rec: Key = ['visit_answer', `${V}.photos`];
  const taken = asked('visits.attach', rec, { photo: { id: 'p1', sha256: 'aa' } });
  const shown = after(taken);
  expect(shown.get('photo:p1')).toMatchObject({ parent: VISIT, purpose: 'answer', by: 'he' });
  expect((shown.get(rec.join(':')) as unknown as AnswerBody).photos).toEqual(['p1']);
  const gone = after(taken, asked('visits.detach', rec, { photo: 'p1' }));
  expect([gone.get('photo:p1'), (gone.get(rec.join(':')) as Body).photos]).toEqual([null, []]);
});

test('a consent stands with each answer by itself, and is taken back by its purposes', () => {
  const answers = [
    { purpose: 'visits.photos', given: true },
    { purpose: 'visits.identity', given: true },
  ];
  const give = asked('visits.consent', VISIT, { consent: { id: 'c1', answers, how: 'signature' } });
  const take = asked('privacy.withdraw', ['consent', 'c1'], {
    channel: 'phone',
    asked_by: 'person',
    purposes: ['visits.photos'],
  });
  const consent = after(give, take).get('consent:c1') as unknown as ConsentBody;
  expect(consent.parent).toEqual(VISIT);
  expect(consent.answers.map(({ purpose, withdrawn_at }) => [purpose, withdrawn_at])).toEqual([
    ['visits.photos', AT],
    ['visits.identity', null],
  ]);
});

test.each([
  ['visits.submit', {}, 'submitted'],
  [
    'visits.postpone',
    { by: 'customer', reason: 'unwell', alternative: 'later_visit' },
    'postponed',
  ],
  ['visits.decline', { by: 'customer', reason: 'withdrew', alternative: 'branch' }, 'declined'],
  ['visits.accept', { content_digest: 'd' }, 'accepted'],
  ['visits.cancel', { reason: 'solved' }, 'cancelled'],
])('%s leads to %s', (op, args, state) => {
  const shown = visit(asked(op, VISIT, args));
  expect(shown.state).toBe(state);
  expect(shown.events.at(-1)).toMatchObject({ type: state, by: 'he', received_at: '' });
});

test('what may be used once is used up at once; what runs until a day is not', () => {
  const use = asked('visits.use', ['authorisation', 'a1'], {
    business: 'pension',
    reference: 'R1',
  });
  const used = (scope: string) =>
    rules.previews?.['visits.use']?.apply?.({ scope, state: 'issued', uses: [] }, use, use.rec) as
      | AuthorisationBody
      | undefined;
  expect([used('once')?.state, used('until_expiry')?.state]).toEqual(['used', 'issued']);
  expect(used('once')?.uses).toMatchObject([{ business: 'pension', reference: 'R1', by: 'he' }]);
});

test('only what was handed in by oneself and has not all arrived is still received', () => {
  const stands = (more: object) =>
    rules.standings?.visit?.({ ...visit(), ...more } as unknown as Body, 'he');
  expect(stands({})).toBe('verified');
  expect(stands({ state: 'submitted', submitted_by: 'he', complete: false })).toBe('received');
  expect(stands({ state: 'submitted', submitted_by: 'luo', complete: false })).toBe('verified');
  expect(rules.standings?.visit?.({ events: [] } as unknown as Body, 'he')).toBeUndefined();
});

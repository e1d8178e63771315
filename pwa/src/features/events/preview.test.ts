// What the phone shows until the server has answered.
import { expect, test } from 'vitest';
import type { Asked } from '@/foundation/catalogue';
import type { Body, Key } from '@/foundation/store/tables';
import { count } from './counting';
import { type CheckInBody, type EventBody, remarksOf, sightingOf } from './model';
import { rules } from './preview';

const EVENT: Key = ['event', 'e'];
let n = 0;
const asked = (op: string, args: Body, rec: Key = EVENT): Asked => ({
  op: `events.${op}`,
  rec,
  args,
  id: `c${++n}`,
  actor: 'su',
  at: '2026-11-24T06:00:00.000Z',
});
const apply = (known: Body | undefined, command: Asked, key: Key = command.rec) =>
  rules.previews![command.op]!.apply!(known, command, key) as Body;
const touched = (command: Asked) => rules.previews![command.op]!.touches!(command);

const PLAN = {
  kind: 'community',
  theme: '防诈骗讲座',
  outlet: 'o1',
  line: 'community',
  place: '梧桐里',
  starts: '14:00',
  ends: '16:00',
  staff: ['su', 'zhou'],
  materials: [{ key: 'm1', name: '手册', n: 10 }],
};
const planned = () => apply(undefined, asked('plan', { ...PLAN, day: '2026-11-24' }));
const asEvent = (body: Body) => body as unknown as EventBody;

test('a plan is whole before the server has it; a festival has no day yet', () => {
  expect(asEvent(planned())).toMatchObject({ state: 'draft', planned_by: 'su', day: '2026-11-24' });
  const festival = apply(
    undefined,
    asked('plan', { ...PLAN, festival: { code: 'lantern', year: 2027 } }),
  );
  expect(asEvent(festival)).toMatchObject({ day: '', festival: { code: 'lantern', year: 2027 } });
});

test('what is sent back says why, until it is proposed again', () => {
  const points = [{ about: 'budget', comment: '预算太高' }];
  let body = apply(planned(), asked('propose', {}));
  body = apply(body, asked('return', { content_digest: 'x', points }));
  expect(asEvent(body).state).toBe('draft');
  expect(remarksOf(asEvent(body))).toEqual(points);
  body = apply(body, asked('propose', {}));
  expect(remarksOf(asEvent(body))).toEqual([]);
});

test('heads and gifts add up, and one is taken back', () => {
  let body = planned();
  for (const step of [1, 1, 1, -1])
    body = apply(body, asked('tally', { counter: 'visitors', n: step }));
  body = apply(body, asked('hand_out', { material: 'm1', n: 5 }));
  body = apply(body, asked('hand_out', { material: 'm1', n: -1 }));
  expect(asEvent(body).tallies).toEqual({ visitors: 2 });
  expect(asEvent(body).materials[0]).toMatchObject({ handed: 4, left: 6 });
});

test('a void names what it saw: another sighting of the same person stays', () => {
  const seen = (id: string): Body =>
    apply(
      undefined,
      asked('check_in', { event: 'e', how: 'roster', entry: 'r1' }, ['check_in', id]),
    );
  const bodies = new Map([
    ['a', seen('a')],
    ['b', seen('b')],
  ]);
  const taken = asked('void', { check_ins: ['a'], reason: 'mistake' });
  expect(touched(taken)).toEqual([EVENT, ['check_in', 'a']]);
  bodies.set('a', apply(bodies.get('a'), taken, ['check_in', 'a']));
  const told = [...bodies].map(([id, body]) =>
    sightingOf({ id, body: body as unknown as CheckInBody }, 'here'),
  );
  expect(told.map((one) => one.device)).toEqual(['here', 'here']);
  expect(count(told)).toMatchObject({ persons: 1, sightings: 1, voided: 1 });
});

test('a void of a check-in that is not on this device leaves nothing behind', () => {
  const taken = asked('void', { check_ins: ['x'], reason: 'mistake' });
  expect(apply(undefined, taken, ['check_in', 'x'])).toBeUndefined();
});

test('a result that came back is handed in again', () => {
  let body = apply(
    planned(),
    asked('conclude', { cost: '600', lessons: '', topics: ['fraud'], photos: [] }),
  );
  expect(asEvent(body).result).toMatchObject({ by: 'su', state: 'handed_in' });
  body = apply(
    body,
    asked('return', { content_digest: 'x', points: [{ about: 'result', comment: '?' }] }),
  );
  expect(asEvent(body)).toMatchObject({ state: 'draft', result: { state: 'returned' } });
  body = apply(body, asked('accept_result', { content_digest: 'x' }));
  expect(asEvent(body)).toMatchObject({ state: 'reported', result: { state: 'accepted' } });
});

test('a photo belongs to its event and goes with its record', () => {
  const photo = { id: 'p1', sha256: 'f'.repeat(64), thumb: null, size: 1, type: 'image/jpeg' };
  const add = asked('attach', { photo, people: 'covered', boxes: 2 });
  expect(apply(undefined, add, ['photo', 'p1'])).toMatchObject({ parent: EVENT, state: 'awaited' });
  const body = apply(planned(), add);
  expect(asEvent(body).photos).toMatchObject([{ id: 'p1', people: 'covered', boxes: 2 }]);
  const drop = asked('detach', { photo: 'p1' });
  expect(apply(undefined, drop, ['photo', 'p1'])).toBeNull();
  expect(asEvent(apply(body, drop)).photos).toEqual([]);
});

test('every command of events is shown before the server has it', async () => {
  const { VERSIONS } = await import('@/generated/commands');
  const named = Object.keys(VERSIONS).filter((op) => op.startsWith('events.'));
  // Consents are privacy's own records, which show when they have come back.
  const apart = ['events.consent'];
  expect(named.filter((op) => !(op in rules.previews!))).toEqual(apart);
});

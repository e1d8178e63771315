// What an event needs before the signal goes: its list, the wording that people are asked with, the scanner, and room.
import type { Phone } from '@/foundation/phone';
import type { DeviceNeed } from '@/foundation/readiness';
import { readKind, readOne } from '@/foundation/reading';
import type { ReadyCheck, ReadyChecks } from '@/parts/contribution';
import { deviceChecks } from '@/parts/readiness';
import { CONTACT, inForce, type NoticeBody } from './consents';
import type { EventBody, RosterBody } from './model';
import { say } from './say';

type Standing = ReadyCheck['standing'];
const NEEDS: DeviceNeed[] = ['pages', 'scanner', 'camera', 'room', 'kept', 'battery'];

export const checks: ReadyChecks = async (on, [, id]) => {
  const event = await readOne<EventBody>(on, ['event', id]);
  if (!event) return [];
  const own = [await roster(on, id), await notice(on)];
  if (event.body.state === 'open') own.push(await eventKey(on, id));
  return [...own, ...(await deviceChecks(on, NEEDS))];
};

const check = (key: string, standing: Standing, word?: () => string): ReadyCheck => ({
  key,
  standing,
  word: word ?? (() => say().checks[key] ?? ''),
  told: () => say().checkTold[`${key}_${standing}`] ?? '',
  act: null,
});

async function roster(on: Phone, event: string): Promise<ReadyCheck> {
  const parts = await readKind<RosterBody>(on, 'event_roster');
  const names = parts.flatMap(({ body }) => (body.event === event ? body.entries : []));
  if (names.length === 0) return check('roster', 'missing');
  return check('roster', 'ok', () => say().rosterHeld(names.length));
}

async function notice(on: Phone): Promise<ReadyCheck> {
  const held = inForce(await readKind<NoticeBody>(on, 'privacy_notice'), CONTACT);
  if (!held) return check('notice', 'missing');
  return check('notice', 'ok', () => say().noticeHeld(held.body.edition));
}

async function eventKey(on: Phone, event: string): Promise<ReadyCheck> {
  return check('key', (await readOne(on, ['event_key', event])) ? 'ok' : 'missing');
}

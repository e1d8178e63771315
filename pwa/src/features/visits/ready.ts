// What a visit needs before the signal goes: the notice, whom to visit, and the device.
import type { Phone } from '@/foundation/phone';
import { readKind, readOne } from '@/foundation/reading';
import type { Key } from '@/foundation/store/tables';
import type { ReadyCheck, ReadyChecks } from '@/parts/contribution';
import { deviceChecks } from '@/parts/readiness';
import { type NoticeBody, noticeFor } from './model';
import { say } from './say';

const held = (key: 'notice' | 'person', there: boolean): ReadyCheck => ({
  key: `visits.${key}`,
  standing: there ? 'ok' : 'missing',
  word: () => say().needs[key] ?? '',
  told: () => say().needTold[key] ?? '',
  act: null,
});

export const checks: ReadyChecks = async (on: Phone, [, id]: Key) => {
  const [notices, person, device] = await Promise.all([
    readKind<NoticeBody>(on, 'privacy_notice'),
    readOne(on, ['visit_person', id]),
    deviceChecks(on, ['pages', 'camera', 'place', 'room', 'kept', 'battery']),
  ]);
  return [held('notice', noticeFor(notices) !== null), held('person', person !== null), ...device];
};

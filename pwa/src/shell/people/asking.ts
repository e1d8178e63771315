// What the administrator orders: commands that wait for signal, and what only the server can do at once.
import { type Answer, ask } from '@/foundation/ask';
import type { Command } from '@/foundation/catalogue';
import { utf8 } from '@/foundation/ids';
import { about } from '@/foundation/outbox/about';
import { put } from '@/foundation/outbox/put';
import { phone } from '@/foundation/phone';
import type { Commands } from '@/generated/commands';
import type { BroughtPerson, DeviceState, GivenPassword } from './rows';

const person = about('identity', 'person');
type Post = Omit<Commands['identity.hold_post'], 'post'>;

const holding = (id: string, post: Post): Command =>
  person(id, 'hold_post', { ...post, post: phone().newId() });

/** A new person, with a first post where one is given: both or neither. */
export function add(asked: Commands['identity.add_person'], post: Post | null): Promise<unknown> {
  const id = phone().newId();
  const commands = [person(id, 'add_person', asked), ...(post ? [holding(id, post)] : [])];
  return put(phone(), commands);
}

export const change = (id: string, asked: Commands['identity.change_person']) =>
  put(phone(), person(id, 'change_person', asked));

export const hold = (id: string, post: Post) => put(phone(), holding(id, post));

export const leave = (id: string, asked: Commands['identity.leave_post']) =>
  put(phone(), person(id, 'leave_post', asked));

export const suspend = (id: string, reason: string) =>
  put(phone(), person(id, 'suspend_person', { reason }));

export const restore = (id: string) => put(phone(), person(id, 'restore_person', {}));

export const resetPin = (id: string) => put(phone(), person(id, 'reset_pin', {}));

/** One group for each person: whoever is half in a file's list would be half in the house. */
export const takeIn = ({ id, username, name, is_new, posts }: BroughtPerson): Promise<unknown> =>
  put(phone(), [
    ...(is_new ? [person(id, 'add_person', { username, name })] : []),
    ...posts
      .filter((post) => post.is_new)
      .map(({ row: _row, is_new: _new, ...post }) => person(id, 'hold_post', post)),
  ]);

/** Told once. The person's sessions end at once. */
export const givePassword = (id: string): Promise<Answer<GivenPassword>> =>
  ask({ path: `/v1/console/people/${id}/password`, file: json({}) });

/** When it answers it counts everywhere. */
export const setState = (
  id: string,
  state: DeviceState,
  reason: string,
): Promise<Answer<unknown>> =>
  ask({ path: `/v1/devices/${id}/state`, file: json({ state, reason }) });

const json = (body: object) => ({
  bytes: utf8(JSON.stringify(body)),
  type: 'application/json',
});

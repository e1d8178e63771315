// What an administrator orders about targets. Address and secret are sealed to the server's key before they are
// put down: nothing on this device can read them again, and the server shows them to nobody.
import { sealedText } from '@/foundation/identity/pins';
import { about } from '@/foundation/outbox/about';
import { put } from '@/foundation/outbox/put';
import { phone } from '@/foundation/phone';
import { readMeta } from '@/foundation/store/meta';
import type { Commands } from '@/generated/commands';

const target = about('notices', 'target');
export interface Reach {
  url: string;
  secret: string;
}
type Added = Omit<Commands['notices.add_target'], 'sealed'>;
type Changed = Omit<Commands['notices.change_target'], 'sealed'>;

/** False: this device has never heard the server's key, and nothing was put down. */
export async function add(asked: Added, reach: Reach): Promise<boolean> {
  const id = phone().newId();
  const given = await seal(id, reach);
  if (!given) return false;
  const { command, sealed } = given;
  await put(phone(), target(id, 'add_target', { ...asked, sealed }, { id: command }));
  return true;
}

/** `reach` null: address and secret stay. */
export async function change(id: string, asked: Changed, reach: Reach | null): Promise<boolean> {
  const given = reach && (await seal(id, reach));
  if (reach && !given) return false;
  const args = given ? { ...asked, sealed: given.sealed } : asked;
  await put(phone(), target(id, 'change_target', args, given ? { id: given.command } : {}));
  return true;
}

export const order = (
  id: string,
  name: 'pause_target' | 'resume_target' | 'test_target' | 'remove_target',
) => put(phone(), target(id, name, {}));

export const replay = (id: string, asked: Commands['notices.replay_target']) =>
  put(phone(), target(id, 'replay_target', asked));

async function seal(id: string, reach: Reach): Promise<{ command: string; sealed: string } | null> {
  const key = await readMeta(phone(), 'seal_key');
  if (!key) return null;
  const command = phone().newId();
  return { command, sealed: await sealedText(key, { ...reach, target: id, command }) };
}

// One's own notices: which there are, how many nobody has read, and that they were read.
import { live } from '@/foundation/live';
import { about } from '@/foundation/outbox/about';
import type { put as Put } from '@/foundation/outbox/put';
import { phone } from '@/foundation/phone';
import { type Rec, readKind, records } from '@/foundation/reading';
import type { Commands } from '@/generated/commands';

export interface NoticeBody {
  type: string;
  params: Record<string, unknown>;
  rec: [string, string] | null;
  at: string;
  read_at?: string;
}
export type Notice = Rec<NoticeBody>;
export interface InboxBody {
  address: string | null;
  muted: string[];
  quiet: { since: string; until: string } | null;
  language: 'zh' | 'en';
}
const inbox = about('notices', 'inbox');
const READ_MAX = 200;
// Not with the first screen, which only counts what is unread.
const put: typeof Put = async (...asked) => (await import('@/foundation/outbox/put')).put(...asked);

export const notices = () => records<NoticeBody>('notice');

export const isUnread = ({ body }: Notice): boolean => !body.read_at;

export const newestFirst = (a: Notice, b: Notice): number => (a.body.at < b.body.at ? 1 : -1);

export const unread = () =>
  live({ tables: ['rec', 'local'], kinds: ['notice'] }, async (on) => {
    const all = await readKind<NoticeBody>(on, 'notice');
    return all.filter(isUnread).length;
  });

/** Several commands where they are many: the server takes so many at a time. */
export async function markRead(read: readonly Notice[]): Promise<void> {
  const ids = read.filter(isUnread).map(({ id }) => id);
  for (let first = 0; first < ids.length; first += READ_MAX)
    await put(
      phone(),
      inbox(phone().person.id, 'mark_read', { notices: ids.slice(first, first + READ_MAX) }),
    );
}

export const choose = (asked: Commands['notices.choose']) =>
  put(phone(), inbox(phone().person.id, 'choose', asked));

export const setAddress = (person: string, address: string | null) =>
  put(phone(), inbox(person, 'set_address', { address }));

/** The number on the app's sign, where the system shows one. */
export function badge(count: number): void {
  const shown = count ? navigator.setAppBadge?.(count) : navigator.clearAppBadge?.();
  shown?.catch(() => undefined); // it is only a number on a picture, and may be forbidden
}

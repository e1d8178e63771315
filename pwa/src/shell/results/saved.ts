// A person's saved views on this device, and what they ask of them. All of it works without signal.

import { type Live, live } from '@/foundation/live';
import { type Args, about, type Name } from '@/foundation/outbox/about';
import { put } from '@/foundation/outbox/put';
import { phone } from '@/foundation/phone';
import { readKind, readOne } from '@/foundation/reading';
import { type SavedViewsBody, tidy, type View } from '@/foundation/savedViews/rules';
import { readMe } from '@/parts/directory';
import { dayKey } from '@/parts/words.svelte';
import type { ListName } from './lists';
import type { Place, Reach, Someone } from './opening';

/** The server's own limits (backend/foundation/kernel/limits.py). */
export const VIEWS_MAX = 20;
export const VIEW_NAME_MAX = 40;
const KIND = 'saved_views';
const own = about(KIND, KIND);
const send = <N extends Name<typeof KIND>>(name: N, args: Args<typeof KIND, N>): Promise<unknown> =>
  put(phone(), own(phone().person.id, name, args));

/** In the order in which they are offered. */
export const savedViews = (): Live<View[]> =>
  live({ tables: ['rec', 'local'], kinds: [KIND] }, async (on) => {
    const found = await readOne<SavedViewsBody>(on, [KIND, on.person.id]);
    return found?.body.views ?? [];
  });

/** The new view's id. */
export async function save(
  name: string,
  list: ListName,
  query: Record<string, string>,
): Promise<string> {
  const view = phone().newId();
  await send('add', { view, name: tidy(name), list, query });
  return view;
}
export const rename = (view: string, name: string) => send('change', { view, name: tidy(name) });
export const renew = (view: string, query: Record<string, string>) =>
  send('change', { view, query });
export const move = (view: string, place: number) => send('move', { view, place });
export const prefer = (view: string, standard: boolean) => send('prefer', { view, standard });
export const remove = (view: string) => send('remove', { view });

/** What this person's lists reach, as the server said it last: the desks whose records come to this device. */
export const reach = (): Live<Reach> =>
  live(
    { tables: ['rec', 'local', 'scopes'], kinds: ['outlet', 'line', 'person', 'deputy'] },
    async (on) => {
      const [scopes, { roles }, outlets, lines, people] = await Promise.all([
        on.store.read(['scopes'], (tx) => tx.all('scopes')),
        readMe(on),
        readKind<Place>(on, 'outlet'),
        readKind<Place>(on, 'line'),
        readKind<Someone>(on, 'person'),
      ]);
      const desks = scopes.map(({ id }) => id).filter((id) => id.startsWith('desk:'));
      const byId = <B>(rows: { id: string; body: B }[]) =>
        new Map(rows.map(({ id, body }) => [id, body]));
      return {
        // An administrator's lists reach everything; a device that was never told knows no better.
        desks: roles.has('admin') || !desks.length ? null : new Set(desks),
        outlets: byId(outlets),
        lines: byId(lines),
        people: byId(people),
        today: dayKey(on.now()),
      };
    },
  );

// What becomes of the records that belong to an event: check-ins, parts of a roster, photos, follow-ups. Pure.
import type { Asked, Command, Preview } from '@/foundation/catalogue';
import type { Body, Key } from '@/foundation/store/tables';
import type { Commands } from '@/generated/commands';
import type { PhotoBody } from '@/parts/photo';
import { keyOf } from './counting';
import type { CheckIn, CheckInBody, EventBody, FollowUpBody, RosterBody } from './model';

export type Args<N extends string> = Commands[`events.${N}` & keyof Commands];
export const args = <N extends string>(asked: Command): Args<N> => asked.args as Args<N>;
export const body = (one: object): Body => ({ ...one });
export const eventOf = (known: Body): EventBody => known as unknown as EventBody;

/** A sighting as this device tells it until the server has it. No `device`: it is this one. */
export function sightingBody(id: string, asked: CheckIn, by: string, at: string): CheckInBody {
  const { event, how, entry = null, code = null, person = null, walk_in } = asked;
  return {
    event,
    key: keyOf(id, asked),
    how,
    entry,
    code,
    person,
    age_band: walk_in?.age_band ?? null,
    interests: walk_in?.interests ?? [],
    by,
    device: '',
    at,
    occurred_at: at,
    received_at: '',
    late: false,
    void: null,
  };
}

export const checkIn: Preview = {
  apply: (known, asked, key) =>
    known ?? body(sightingBody(key[1], args<'check_in'>(asked), asked.actor, asked.at)),
};

/** Those it names and no other: a sighting that this device has not heard of stays. */
export const taken: Preview = {
  touches: (command) => [
    command.rec,
    ...args<'void'>(command).check_ins.map((id): Key => ['check_in', id]),
  ],
  apply(known, asked, key) {
    if (!known || key[0] !== 'check_in') return known;
    const one = known as unknown as CheckInBody;
    if (one.void) return known;
    const { reason } = args<'void'>(asked);
    return body({ ...one, void: { by: asked.actor, at: asked.at, reason, late: false } });
  },
};

const photoBody = (asked: Asked): Body => {
  const { id: _, ...photo } = args<'attach'>(asked).photo;
  const known: Partial<PhotoBody> = {
    parent: asked.rec,
    item: null,
    finding: null,
    purpose: 'answer',
    by: asked.actor,
    earliest: null,
    latest: null,
    state: 'awaited',
    reason: null,
  };
  return body({ ...photo, ...known });
};

export const attach: Preview = {
  touches: (command) => [command.rec, ['photo', args<'attach'>(command).photo.id]],
  apply(known, asked, key) {
    if (key[0] === 'photo') return photoBody(asked);
    if (!known) return undefined;
    const { photo, people, boxes = 0, consent = null } = args<'attach'>(asked);
    const picture = { id: photo.id, sha256: photo.sha256, by: asked.actor, people, boxes, consent };
    const event = eventOf(known);
    return body({ ...event, photos: [...event.photos, picture] });
  },
};

export const detach: Preview = {
  touches: (command) => [command.rec, ['photo', args<'detach'>(command).photo]],
  apply(known, asked, key) {
    if (key[0] === 'photo') return null;
    if (!known) return undefined;
    const event = eventOf(known);
    return body({
      ...event,
      photos: event.photos.filter(({ id }) => id !== args<'detach'>(asked).photo),
    });
  },
};

export const followUp: Preview = {
  apply(known, asked) {
    const { event, consent, name, phone, topic = '', note = '' } = args<'follow_up'>(asked);
    const made: FollowUpBody = {
      event,
      consent: consent.id,
      name,
      phone,
      topic,
      note,
      by: asked.actor,
      at: asked.at,
      received_at: '',
    };
    return known ?? body(made);
  },
};

export const roster = (change: (part: RosterBody, asked: Asked) => RosterBody): Preview => ({
  apply: (known, asked) =>
    body(
      change((known ?? { event: asked.args.event, entries: [] }) as unknown as RosterBody, asked),
    ),
});

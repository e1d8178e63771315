// What is shot, signed or agreed to at an event: the bytes and the command that names them become real together.
import { capture } from '@/foundation/evidence/camera';
import type { Captured } from '@/foundation/evidence/captured';
import { decode } from '@/foundation/evidence/decode';
import { about } from '@/foundation/outbox/about';
import { put } from '@/foundation/outbox/put';
import { phone } from '@/foundation/phone';
import type { Box } from '@/foundation/redaction';
import type { Commands } from '@/generated/commands';
import type { Taken } from '@/parts/Camera.svelte';
import { ask } from './asking';
import { burned } from './burning';
import { CHILDREN, CONTACT } from './consents';
import type { Seen } from './model';

type Giving = Commands['events.follow_up']['consent'];
export interface Shown {
  people: Seen;
  boxes: readonly Box[];
  /** a guardian's, where a child is shown */
  consent: string | null;
}
export interface Contact {
  notice: string;
  name: string;
  phone: string;
  topic: string;
  how: 'signature' | 'spoken';
  witness: string | null;
  signed: Blob | null;
}

/** Boxes are in the pixels before anything is kept. */
export async function attachPhoto(event: string, { bytes, source }: Taken, how: Shown) {
  const covered = await burned(bytes, how.boxes);
  const captured = await capture(covered, { parent: ['event', event], source, geo: null }, decode);
  const { people, boxes, consent } = how;
  const args = {
    photo: captured.photo,
    people,
    boxes: boxes.length,
    ...(consent ? { consent } : {}),
  };
  await ask(event, 'attach', args, [captured]);
}

/** Name and number go into a record of their own, which goes when the call was made. */
export async function followUp(event: string, asked: Contact, minor = false): Promise<void> {
  const on = phone();
  const id = on.newId();
  const proof = await signature(asked.signed, ['event_follow_up', id]);
  const consent = giving(CONTACT, 'person', asked, proof);
  const { name, phone: number, topic } = asked;
  const args = {
    event,
    consent,
    name,
    phone: number,
    topic,
    minor,
    ...(proof ? { proof: proof.photo } : {}),
  };
  const to = about('events', 'event_follow_up');
  await put(on, to(id, 'follow_up', args, { blobs: blobsOf(proof) }), proof ? [proof] : []);
}

/** A guardian's signed yes for pictures with a child; the id of the consent. */
export async function guardianSays(event: string, notice: string, signed: Blob): Promise<string> {
  const proof = await signature(signed, ['event', event]);
  const consent = giving(CHILDREN, 'guardian', { notice, how: 'signature', witness: null }, proof);
  await ask(event, 'consent', { consent, minor: true, proof: proof?.photo }, proof ? [proof] : []);
  return consent.id;
}

async function signature(png: Blob | null, parent: [string, string]): Promise<Captured | null> {
  return png ? capture(png, { parent, source: 'drawn', geo: null }, decode) : null;
}

const blobsOf = (one: Captured | null): string[] =>
  one ? [one.photo.sha256, ...(one.photo.thumb ? [one.photo.thumb] : [])] : [];

function giving(
  purpose: string,
  principal: Giving['principal'],
  { notice, how, witness }: Pick<Contact, 'notice' | 'how' | 'witness'>,
  proof: Captured | null,
): Giving {
  const on = phone();
  return {
    id: on.newId(),
    notice,
    principal,
    answers: [{ purpose, given: true }],
    how,
    staff: witness ? [on.person.id, witness] : [on.person.id],
    ...(proof ? { photo: proof.photo.id } : {}),
    ...(witness ? { witness } : {}),
  };
}

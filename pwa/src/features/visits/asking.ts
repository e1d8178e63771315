// From a button to a command in the outbox. Nothing waits for the network. Whatever is personal goes to
// the record that can be erased, so that a late command for an erased one is kept nowhere.
import { capture } from '@/foundation/evidence/camera';
import type { Captured } from '@/foundation/evidence/captured';
import { decode } from '@/foundation/evidence/decode';
import { type Position, position } from '@/foundation/evidence/position';
import type { GivenPin } from '@/foundation/identity/pins';
import { type Args, about } from '@/foundation/outbox/about';
import { put } from '@/foundation/outbox/put';
import { phone } from '@/foundation/phone';
import type { Key } from '@/foundation/store/tables';
import type { Aspect } from './model';

type Of<N extends string> = Args<'visits', N>;

const toVisit = about('visits', 'visit');
const toPerson = about('visits', 'visit_person');
const toAnswer = about('visits', 'visit_answer');
const toAuthorisation = about('visits', 'authorisation');
const toRoute = about('visits', 'visit_route');
const toConsent = about('privacy', 'consent');

const felt = () => navigator.vibrate?.(12);
const answerId = (visit: string, aspect: Aspect): string => `${visit}.${aspect}`;

/** The new visit's id: its screen opens at once, signal or not. */
export async function request(args: Of<'request'>): Promise<string> {
  const id = phone().newId();
  await put(phone(), toPerson(id, 'request', args));
  return id;
}

export const schedule = (visit: string, args: Of<'schedule'>) =>
  put(phone(), toVisit(visit, 'schedule', args));

export const reorder = (day: string, order: string[]) =>
  put(phone(), toRoute(`${phone().person.id}.${day}`, 'reorder', { order }));

/** What is chosen is told of the visit, what is written of its person. Not as one: where the person is
 * erased, the words are refused and the rest counts. */
async function aside(
  visit: string,
  command: ReturnType<typeof toVisit>,
  told: Of<'remark'>['about'],
  text: string,
): Promise<void> {
  await put(phone(), command);
  await remark(visit, told, text);
}
export async function remark(visit: string, told: Of<'remark'>['about'], text: string) {
  const words = text.trim();
  if (words) await put(phone(), toPerson(visit, 'remark', { about: told, text: words }));
}
export const postpone = (visit: string, args: Of<'postpone'>, text: string) =>
  aside(visit, toVisit(visit, 'postpone', args), 'postponed', text);
export const decline = (visit: string, args: Of<'decline'>, text: string) =>
  aside(visit, toVisit(visit, 'decline', args), 'declined', text);
export const cancel = (visit: string, args: Of<'cancel'>, text: string) =>
  aside(visit, toVisit(visit, 'cancel', args), 'cancelled', text);

/** Being there counts at once; the place is told beside it when the phone has found it. */
export async function signIn(visit: string): Promise<void> {
  await put(phone(), toVisit(visit, 'sign_in', {}));
  felt();
  const geo = await position();
  if (geo) await put(phone(), toPerson(visit, 'locate', { geo }));
}

/** The colleague was here and typed their PIN; only the server knows whether it was right. */
export async function signInByPin(visit: string, person: string, given: GivenPin): Promise<void> {
  const asked = toVisit(visit, 'sign_in', { person, pin: given.sealed });
  await put(phone(), { ...asked, id: given.command });
  felt();
}

export type Proof =
  | { how: 'signature'; drawn: Blob }
  | { how: 'thumbprint'; photo: Blob; source: 'camera' | 'gallery'; witness: string }
  | { how: 'spoken'; witness: string };
/** Who answered: `child` is a guardian for a customer under 14, for whom nobody else can. */
export type Principal = 'person' | 'guardian' | 'child';
export interface Given {
  notice: string;
  principal: Principal;
  answers: { purpose: string; given: boolean }[];
  staff: string[];
}

/** The consent and the picture that shows it become real together, or neither does. */
export async function consent(visit: string, given: Given, proof: Proof): Promise<void> {
  const captured = await shown(['visit', visit], proof);
  const giving = {
    id: phone().newId(),
    ...given,
    principal: given.principal === 'person' ? ('person' as const) : ('guardian' as const),
    how: proof.how,
    ...(captured ? { photo: captured.photo.id } : {}),
    ...(proof.how === 'signature' ? {} : { witness: proof.witness }),
  };
  const minor = given.principal === 'child';
  const said = toVisit(visit, 'consent', { consent: giving, ...(minor ? { minor } : {}) });
  if (!captured) await put(phone(), said);
  else
    await put(
      phone(),
      [toVisit(visit, 'sign', { photo: captured.photo }, { blobs: blobsOf(captured) }), said],
      [captured],
    );
  felt();
}

async function shown(parent: Key, proof: Proof): Promise<Captured | null> {
  if (proof.how === 'spoken') return null;
  const [bytes, source] =
    proof.how === 'signature' ? [proof.drawn, 'drawn' as const] : [proof.photo, proof.source];
  return capture(bytes, { parent, source, geo: null }, decode);
}

const blobsOf = ({ photo }: Captured): string[] =>
  photo.thumb ? [photo.sha256, photo.thumb] : [photo.sha256];

export const withdraw = (id: string, args: Args<'privacy', 'withdraw'>) =>
  put(phone(), toConsent(id, 'withdraw', args));

export const sight = (visit: string, args: Of<'sight'>) =>
  put(phone(), toAnswer(answerId(visit, 'identity'), 'sight', args)).then(felt);
export const noteAgent = (visit: string, args: Of<'note_agent'>) =>
  put(phone(), toAnswer(answerId(visit, 'identity'), 'note_agent', args)).then(felt);
export const observe = (visit: string, args: Of<'observe'>) =>
  put(phone(), toAnswer(answerId(visit, 'condition'), 'observe', args)).then(felt);
export const recordIntention = (visit: string, words: string) =>
  put(phone(), toAnswer(answerId(visit, 'intention'), 'record_intention', { words })).then(felt);
export const noteRecording = (visit: string, args: Of<'note_recording'>) =>
  put(phone(), toAnswer(answerId(visit, 'recording'), 'note_recording', args)).then(felt);
export const authorise = (visit: string, args: Of<'authorise'>) =>
  put(phone(), toVisit(visit, 'authorise', args)).then(felt);
export const guide = (visit: string, args: Of<'guide'>) =>
  put(phone(), toVisit(visit, 'guide', args)).then(felt);
export const handOver = (visit: string, args: Omit<Of<'hand_over'>, 'id'>) =>
  put(phone(), toVisit(visit, 'hand_over', { id: phone().newId(), ...args })).then(felt);

export async function attach(
  visit: string,
  taken: { bytes: Blob; source: 'camera' | 'gallery' },
  geo: Position | null,
): Promise<void> {
  const parent: Key = ['visit', visit];
  const captured = await capture(taken.bytes, { parent, source: taken.source, geo }, decode);
  const { photo } = captured;
  const id = answerId(visit, 'photos');
  await put(phone(), toAnswer(id, 'attach', { photo }, { blobs: blobsOf(captured) }), [captured]);
  felt();
}
export const detach = (visit: string, photo: string) =>
  put(phone(), toAnswer(answerId(visit, 'photos'), 'detach', { photo }));

export const submit = (visit: string) => put(phone(), toVisit(visit, 'submit', {}));
export async function accept(visit: string, content_digest: string, note: string) {
  await put(phone(), toVisit(visit, 'accept', { content_digest }));
  await remark(visit, 'visit', note);
}

type Point = Of<'return'>['points'][number];
export async function giveBack(
  visit: string,
  content_digest: string,
  said: { about: Point; comment: string }[],
) {
  const points = said.map(({ about }) => about);
  await put(phone(), toVisit(visit, 'return', { content_digest, points }));
  for (const { about, comment } of said) await remark(visit, about, comment);
}

export const use = (id: string, args: Of<'use'>) => put(phone(), toAuthorisation(id, 'use', args));
export const revoke = (id: string, args: Of<'revoke'>) =>
  put(phone(), toAuthorisation(id, 'revoke', args));

// What an inspector can do to a round, each as the command that carries it.
import { manifestHash, type Severity, type Value } from '@/foundation/checklists';
import { capture } from '@/foundation/evidence/camera';
import { decode } from '@/foundation/evidence/decode';
import type { Position } from '@/foundation/evidence/position';
import { about } from '@/foundation/outbox/about';
import { put } from '@/foundation/outbox/put';
import { phone } from '@/foundation/phone';
import type { Commands } from '@/generated/commands';
import type { Taken } from '@/parts/Camera.svelte';
import type { Photo, Sheet } from './model';

type Round = string;
const to = about('inspections', 'round');

/** A short buzz when the device has it, not when it was tapped. */
const felt = () => navigator.vibrate?.(12);

export async function answer(
  round: Round,
  sheet: Sheet,
  item: string,
  value: Value,
  note?: string,
) {
  const known = sheet.answers[item];
  const args = { item, value, note: note ?? known?.note ?? '' };
  await put(phone(), to(round, 'set_answer', args, { base: known?.rev ?? 0 }));
  felt();
}

export async function clear(round: Round, sheet: Sheet, item: string) {
  await put(phone(), to(round, 'clear_answer', { item }, { base: sheet.answers[item]?.rev ?? 0 }));
}

export const open = (round: Round) => put(phone(), to(round, 'open', {}));

export interface Target {
  item: string | null;
  finding?: string;
  purpose: Commands['inspections.attach']['purpose'];
}

/** The photo and the command that names it become real together. */
export async function attach(
  round: Round,
  taken: { bytes: Blob; source: Taken['source'] | 'drawn' },
  at: Target,
  geo: Position | null,
): Promise<string> {
  const parent: [string, string] = ['round', round];
  const captured = await capture(taken.bytes, { parent, source: taken.source, geo }, decode);
  const { photo } = captured;
  const blobs = [photo.sha256, ...(photo.thumb ? [photo.thumb] : [])];
  const args = {
    photo,
    purpose: at.purpose,
    ...(at.item ? { item: at.item } : {}),
    ...(at.finding ? { finding: at.finding } : {}),
  };
  await put(phone(), to(round, 'attach', args, { blobs }), [captured]);
  felt();
  return photo.id;
}

export const detach = (round: Round, photo: string) => put(phone(), to(round, 'detach', { photo }));

export interface FindingWords {
  finding: string;
  item: string;
  severity: Severity;
  text: string;
  cause: string;
  measure: string;
  on_spot: boolean;
}

export const recordFinding = (round: Round, words: FindingWords) =>
  put(phone(), to(round, 'record_finding', words));

export const dropFinding = (round: Round, finding: string) =>
  put(phone(), to(round, 'drop_finding', { finding }));

export async function submit(
  round: Round,
  sheet: Sheet,
  photos: Photo[],
  signature: string | null,
) {
  const signed = { ...sheet, signature };
  const manifest = {
    answers: Object.keys(sheet.answers).length,
    hash: await manifestHash(signed),
    blobs: photos.map(({ body }): [string, number] => [body.sha256, body.size]),
  };
  await put(phone(), to(round, 'submit', { manifest, ...(signature ? { signature } : {}) }));
}

export const amend = (round: Round, item: string, value: Value, note: string, reason: string) =>
  put(phone(), to(round, 'amend', { item, value, note, reason }));

/** The new round's id: its screen opens at once, signal or not. */
export async function start(template: string, outlet: string): Promise<string> {
  const id = phone().newId();
  await put(phone(), to(id, 'start', { template, outlet }));
  return id;
}

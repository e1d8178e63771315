// People, posts and refusals in words.
import type { NameOf } from '@/parts/directory';
import { filled, type Refusal, sentences, refusalText as toldOf } from '@/parts/refusals';
import { dayKey, named, tongue, when } from '@/parts/words.svelte';
import type { HeldPost, ManagedDevice, PersonRow } from './rows';
import { say } from './say';
import type { HandedPiece } from './work';

type Tone = '' | 'ok' | 'warn' | 'bad';
export interface Tag {
  text: string;
  tone: Tone;
}

export const day = (at: string): string => when(`${at}T12:00:00+08:00`, 'day');
export const moment = (at: string): string =>
  when(at, dayKey(at) === dayKey(Date.now()) ? 'clock' : 'moment');

type Scope = Pick<HeldPost, 'unit' | 'outlet' | 'line'>;

/** Where a post counts: the outlet or unit, then the line; the whole house where neither is named. */
export function scopeText({ unit, outlet, line }: Scope, nameOf: NameOf): string {
  const w = say();
  const place = outlet ? nameOf('outlet', outlet) : unit ? nameOf('unit', unit) : '';
  return [place, line && nameOf('line', line)].filter(Boolean).join(w.comma) || w.wholeHouse;
}

export function daysText({ held_from, held_to }: Pick<HeldPost, 'held_from' | 'held_to'>): string {
  const w = say();
  return held_to ? w.fromTo(day(held_from), day(held_to)) : w.fromOn(day(held_from));
}

/** Roles of today, or that there is none. */
export function rolesText({ posts }: PersonRow, nameOf: NameOf): string {
  const w = say();
  const held = posts.filter((post) => post.is_held);
  if (held.length === 0) return w.noPost;
  return held
    .map((post) => `${named(post.title) || w.roles[post.role]} ${scopeText(post, nameOf)}`)
    .join(w.semicolon);
}

export function personTag({ active, password }: PersonRow): Tag | null {
  const w = say();
  if (!active) return { text: w.states.suspended, tone: 'bad' };
  if (password === 'own') return null;
  return { text: w.passwords[password], tone: 'warn' };
}

export function deviceTag({ device, erased_at }: ManagedDevice): Tag {
  const w = say();
  if (erased_at) return { text: w.erased, tone: '' };
  return { text: w.device.states[device.state], tone: device.state === 'active' ? 'ok' : 'bad' };
}

/** Whatever only that device holds. */
export const heldBy = ({ device }: ManagedDevice): number =>
  device.unsent.commands + device.unsent.photos;

export function refusalText(answer: Refusal): Promise<string> {
  const w = say();
  return toldOf(answer, { offline: w.offlineAct, signAgain: w.signAgain, refused: w.refusedAct });
}

/** Why a piece of work did not go; empty where it did. */
export async function pieceText({ code, facts }: HandedPiece): Promise<string> {
  if (!code) return '';
  const told = (await sentences())[code]?.[tongue()];
  return told ? filled(told, facts ?? {}) : say().refusedAct;
}

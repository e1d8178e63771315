// What surrounds a screen. The shell sets it once; a screen asks for it, so parts stay free of the shell.
import { getContext, type Snippet, setContext } from 'svelte';
import type { Phone } from '@/foundation/phone';
import type { Key } from '@/foundation/store/tables';
import type { Load, ReadyCheck } from './contribution';

export interface Frame {
  /** the truth line, the same on every screen */
  truth: Snippet;
  /** the bottom bar, absent while a task has its dock */
  tabs: Snippet;
  /** 64em and more: the frame has its own top, screens become columns */
  wide: () => boolean;
  /** what neighbours add to the screen of a record of this kind */
  panels: (kind: string) => readonly Load[];
  /** what work on this record needs offline, as all features know it */
  readyChecks: (on: Phone, rec: Key) => Promise<ReadyCheck[]>;
}

const KEY = Symbol('frame');

export const setFrame = (frame: Frame): Frame => setContext(KEY, frame);
export const frame = (): Frame | undefined => getContext<Frame | undefined>(KEY);

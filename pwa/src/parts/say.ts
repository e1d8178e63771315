import { en } from './words.en';
import { words } from './words.svelte';
import { zh } from './words.zh';

/** What the parts say, in the chosen tongue. */
export const say = words({ zh, en });

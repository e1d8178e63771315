import { bothWords } from '@/parts/words.svelte';
import { en } from './words.en';
import { zh } from './words.zh';

export const say = bothWords({ zh, en });

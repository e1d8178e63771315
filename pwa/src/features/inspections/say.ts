import { words } from '@/parts/words.svelte';
import { en } from './words.en';
import { zh } from './words.zh';

export const say = words({ zh, en });

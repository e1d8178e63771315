import { en as deciding } from './deciding.en';
import { en as filling } from './filling.en';
import { en as planning } from './planning.en';
import type { Words } from './zh';

export const en: Words = { ...planning, ...filling, ...deciding };

// What staff and reviewers read, by what they are about. What is said to the customer is in `asked/`.
import { zh as deciding } from './deciding.zh';
import { zh as filling } from './filling.zh';
import { zh as planning } from './planning.zh';

export const zh = { ...planning, ...filling, ...deciding };
export type Words = typeof zh;

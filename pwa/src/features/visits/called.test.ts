import { expect, test } from 'vitest';
import { calledAs } from './called';

test.each([
  ['郑桂兰', 'auntie', '郑阿姨', 'Auntie 郑'],
  ['欧阳明', 'teacher', '欧阳老师', 'Teacher 欧阳'],
  ['阿依古丽', 'ms', '阿依古丽女士', 'Ms 阿依古丽'],
  ['Anna Schmidt', 'ms', 'Anna Schmidt女士', 'Ms Anna Schmidt'],
  ['陈国强', 'none', '陈国强', '陈国强'],
])('%s is called %s: %s', (name, as, zh, en) => {
  expect([calledAs(name, as, 'zh'), calledAs(name, as, 'en')]).toEqual([zh, en]);
});

// Words for passwords that are given to many at once.
import { bothWords, one } from '@/parts/words.svelte';

const zh = {
  title: '给新人临时密码',
  more: '给还没有密码的人每人一个，第一次登录时换成自己的。名单只在这里显示一次：存好，分给本人，然后删掉。',
  nobody: '每个人都有密码了',
  nobodyMore: '忘了密码的，在这个人的页面上单独给。',
  give: (n: number) => `给这 ${n} 人临时密码`,
  giving: (n: number, all: number) => `已给 ${n} / ${all}`,
  given: (n: number) => `${n} 人有了临时密码`,
  until: (at: string) => `${at} 之前有效。关掉这一页以后，谁也查不到这些密码。`,
  rest: (n: number) => `还有 ${n} 人没有给`,
  save: '存下名单（CSV）',
  file: '临时密码.csv',
  done: '名单已存好',
  loseTitle: '名单还没有存下',
  loseText: '关掉以后，这些密码谁也查不到，要在每个人的页面上重新给。',
  lose: '不存，关掉',
  stay: '返回',
  head: ['姓名', '用户名', '岗位', '临时密码', '有效期至'],
};
const en: typeof zh = {
  title: 'Passwords for newcomers',
  more: 'One for everybody who has none; at the first sign-in they choose their own. The list is shown only here and only once: save it, hand it out, then delete it.',
  nobody: 'Everybody has a password',
  nobodyMore: 'Whoever forgot theirs gets a new one on their own page.',
  give: (n) => `Give ${n === 1 ? 'this person a password' : `these ${n} people passwords`}`,
  giving: (n, all) => `${n} of ${all} given`,
  given: (n) => `${one(n, 'person has', 'people have')} a one-time password`,
  until: (at) => `Valid until ${at}. Once this is closed, nobody can look them up.`,
  rest: (n) => `${one(n, 'person has', 'people have')} none yet`,
  save: 'Save the list (CSV)',
  file: 'one-time-passwords.csv',
  done: 'The list is saved',
  loseTitle: 'The list is not saved',
  loseText:
    'Once it is closed nobody can look these passwords up; each would have to be given anew on the person’s own page.',
  lose: 'Close without it',
  stay: 'Back',
  head: ['Name', 'User name', 'Post', 'One-time password', 'Valid until'],
};

export const say = bothWords({ zh, en });

// What is said at a visit and at an event, side by side.
import type { ConsentQuestion } from '@/parts/consent';
import { tongue } from '@/parts/words.svelte';

export const both = ([zh, en]: readonly [string, string]): string => (tongue() === 'zh' ? zh : en);

export const SPOKEN = {
  names: ['郑桂兰', '陈国强', '阿依古丽·买买提', '林小雨', 'Anna Schmidt', '何敏'],
};

export const questions = (): ConsentQuestion[] => [
  {
    id: 'photo',
    title: both([
      '郑奶奶，可以拍一张您手持授权书的照片吗？',
      'Mrs Zheng, may we take a photo of you holding the letter?',
    ]),
    purpose: both([
      '只用来证明：让女儿代办，是您自己的意思。',
      'It shows one thing: you want your daughter to act for you.',
    ]),
    keeping: both(['保存 3 年，到期删除。', 'We keep it 3 years, then erase it.']),
    refusing: both([
      '不同意也能办业务。以后随时可以收回。',
      'You can say no and still be served. You can take it back at any time.',
    ]),
    alternative: both([
      '不拍照也行：请您到网点，或让网点打电话和您核实。',
      'Without a photo: come to the branch, or the branch calls you to confirm.',
    ]),
  },
  {
    id: 'voice',
    title: both([
      '郑奶奶，可以写下您刚才说的话吗？',
      'Mrs Zheng, may we write down what you just said?',
    ]),
    purpose: both(['审核的同事要看到您的原话。', 'Whoever checks this reads your own words.']),
    keeping: both(['保存 3 年，到期删除。', 'We keep it 3 years, then erase it.']),
    refusing: both(['不同意也能办业务。', 'You can say no and still be served.']),
    alternative: both([
      '那就请您在网点当面再说一次。',
      'Then say it once more at the branch, face to face.',
    ]),
  },
];

export const NOTICE = {
  version: '2026-03',
  title: { zh: '上门核实告知书', en: 'Notice on home visits' },
  points: [
    {
      zh: '我们是城西支行的两位工作人员，来核实您的委托。',
      en: 'We are two of the staff of the west branch. We are here to confirm your mandate.',
    },
    {
      zh: '我们只看您的证件，不拍照，不抄写完整号码。',
      en: 'We look at your ID. We take no picture of it and copy no full number.',
    },
    {
      zh: '您说的话和签名会保存 3 年，到期删除。',
      en: 'What you say and sign is kept 3 years and then erased.',
    },
    {
      zh: '您可以随时收回同意，打网点电话就行。',
      en: 'You can take your consent back at any time by calling the branch.',
    },
    {
      zh: '我们不会问您密码和验证码，也请不要告诉任何人。',
      en: 'We never ask for a password or a code. Tell them to nobody.',
    },
    { zh: '没听懂的地方，请让我们再读一遍。', en: 'Where it is not clear, let us read it again.' },
  ],
};

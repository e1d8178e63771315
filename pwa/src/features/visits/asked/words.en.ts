import { one } from '@/parts/words.svelte';
import type { Words } from './words.zh';

const STILL_SERVED = 'You can say no and still be served. You can take it back at any time.';
const AT_COUNTER = 'No is fine; then we do it at the branch. You can take it back at any time.';
const after = (kept: string, seals: boolean): string =>
  seals
    ? `We keep it ${kept}, then seal it; nobody can look at it any more.`
    : `We keep it ${kept}, then erase it.`;

export const en: Words = {
  asks: {
    address: {
      title: (who) => `${who}, may we keep your address until this is done?`,
      purpose: 'It helps us find your home, and whoever checks this can compare it.',
      refusing: AT_COUNTER,
      alternative: 'Then you or your family come to the branch, or we meet where it suits you.',
    },
    identity: {
      title: (who) => `${who}, may we look at your ID?`,
      purpose: 'We see that it is you and give it back. No picture, no number is written down.',
      refusing: AT_COUNTER,
      alternative: 'Without it: you or your family show it at the counter of the branch.',
    },
    condition: {
      title: (who) => `${who}, may we note how you answered today?`,
      purpose:
        'Only whether you answered to your name and said what you want. We judge nothing else.',
      refusing: AT_COUNTER,
      alternative: 'Without it: come to the branch, and the counter serves you face to face.',
    },
    intention: {
      title: (who) => `${who}, may we write down what you want?`,
      purpose: 'In your own words, so that whoever checks this knows it is your wish.',
      refusing: AT_COUNTER,
      alternative: 'Without it: say it once more at the branch, face to face.',
    },
    photos: {
      title: (who) => `${who}, may we take a picture or two?`,
      purpose: 'They show one thing: this is your own wish.',
      refusing: STILL_SERVED,
      alternative: 'Without pictures everything else goes on as before.',
    },
    recording: {
      title: (who) => `${who}, may we record what you say?`,
      purpose: 'Where writing is hard, the recording is your own words.',
      refusing: STILL_SERVED,
      alternative: 'Without a recording we write down what you say.',
    },
  },
  other: (who, purpose) => ({
    title: () => `${who}, do you agree to this: ${purpose}?`,
    purpose,
    refusing: STILL_SERVED,
    alternative: 'Without it everything else goes on; the branch is open to you as well.',
  }),
  keepYears: (n, seals) => after(one(n, 'year', 'years'), seals),
  keepMonths: (n, seals) => after(one(n, 'month', 'months'), seals),
  keepDays: (n, seals) => after(one(n, 'day', 'days'), seals),
  you: 'Hello',
  thisVisit: 'this visit',
  onlyHere: 'On this device only:',
  device: 'Device',
};

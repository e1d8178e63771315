// Said to the customer, in the customer's own form of address: asked one by one, never bundled.
export interface Asking {
  title: (who: string) => string;
  purpose: string;
  refusing: string;
  alternative: string;
}

const STILL_SERVED = '不同意也能办业务。以后随时可以收回。';
const AT_COUNTER = '不同意没关系，可以改到网点办。以后随时可以收回。';

export const zh = {
  asks: {
    address: {
      title: (who: string) => `${who}，可以留下您的住址，到这件事办完吗？`,
      purpose: '只用来找到您家，让审核的同事核对。',
      refusing: AT_COUNTER,
      alternative: '那就请您或家人到网点来，或者另约一个您方便的地方。',
    },
    identity: {
      title: (who: string) => `${who}，可以看一看您的证件吗？`,
      purpose: '只核对是您本人，看完就还。不拍照，不抄号码。',
      refusing: AT_COUNTER,
      alternative: '不看证件也行：请您或家人到网点柜台核对。',
    },
    condition: {
      title: (who: string) => `${who}，可以记下您今天答话的情形吗？`,
      purpose: '只记您有没有应声、有没有说出要办什么，不作别的判断。',
      refusing: AT_COUNTER,
      alternative: '不记也行：请您到网点，由柜台当面为您办。',
    },
    intention: {
      title: (who: string) => `${who}，可以写下您想怎么办吗？`,
      purpose: '用您自己的话写，让审核的同事知道这是您的意思。',
      refusing: AT_COUNTER,
      alternative: '不写也行：请您到网点当面再说一次。',
    },
    photos: {
      title: (who: string) => `${who}，可以拍一两张照片吗？`,
      purpose: '只用来证明：这件事是您自己的意思。',
      refusing: STILL_SERVED,
      alternative: '不拍照也行，别的照样为您办。',
    },
    recording: {
      title: (who: string) => `${who}，可以录下您说的话吗？`,
      purpose: '不方便写字的时候，录音就是您的原话。',
      refusing: STILL_SERVED,
      alternative: '不录音也行，我们把您的话写下来。',
    },
  } as Record<string, Asking>,
  /** a purpose of a later notice that this build has no sentence for */
  other: (who: string, purpose: string): Asking => ({
    title: () => `${who}，${purpose}，您同意吗？`,
    purpose,
    refusing: STILL_SERVED,
    alternative: '不同意也行，别的照样为您办；也可以到网点办。',
  }),
  keepYears: (n: number, seals: boolean) =>
    seals ? `保存 ${n} 年，到期封存，谁也不能再看。` : `保存 ${n} 年，到期删除。`,
  keepMonths: (n: number, seals: boolean) =>
    seals ? `保存 ${n} 个月，到期封存，谁也不能再看。` : `保存 ${n} 个月，到期删除。`,
  keepDays: (n: number, seals: boolean) =>
    seals ? `保存 ${n} 天，到期封存，谁也不能再看。` : `保存 ${n} 天，到期删除。`,
  you: '您好',
  thisVisit: '这次上门',
  onlyHere: '仅在本机',
  device: '本机',
};

export type Words = typeof zh;

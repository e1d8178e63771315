// How a customer is spoken to: the family name with the form of address that was asked for.
import { type Tongue, tongue } from '@/parts/words.svelte';

const FORMS: Record<Tongue, Record<string, string>> = {
  zh: { mr: '先生', ms: '女士', auntie: '阿姨', uncle: '叔叔', teacher: '老师' },
  en: { mr: 'Mr', ms: 'Ms', auntie: 'Auntie', uncle: 'Uncle', teacher: 'Teacher' },
};
const HAN = /^\p{Script=Han}{2,4}$/u;
const TWO = new Set(
  '欧阳 司马 上官 诸葛 夏侯 东方 皇甫 尉迟 公孙 慕容 令狐 司徒 端木 南宫 长孙 宇文'.split(' '),
);

/** A name that is not plainly a Chinese one is said whole: nobody knows which part is the family's. */
export function familyOf(name: string): string {
  if (!HAN.test(name)) return name;
  const two = name.slice(0, 2);
  if (TWO.has(two)) return two;
  return name.length === 4 ? name : name.slice(0, 1);
}

export function calledAs(name: string, as: string, by: Tongue = tongue()): string {
  const form = FORMS[by][as];
  if (!form) return name;
  return by === 'zh' ? `${familyOf(name)}${form}` : `${form} ${familyOf(name)}`;
}

// Words in two tongues, written side by side. A dictionary is two objects of one type, so a missing
// entry does not compile; texts with numbers are functions. Dates and figures come from Intl.

export type Tongue = 'zh' | 'en';
export interface Both<T> {
  zh: T;
  en: T;
}
export interface Named {
  zh: string;
  en: string;
}

const KEY = 'xunfang.tongue';
const HTML: Record<Tongue, string> = { zh: 'zh-CN', en: 'en' };
const ZONE = 'Asia/Shanghai';

const choice = $state<{ tongue: Tongue }>({ tongue: 'zh' });

export const tongue = (): Tongue => choice.tongue;

/** Changes the tongue once every dictionary in use has it, so that no screen is half in each. */
export async function speak(next: Tongue): Promise<void> {
  await Promise.all([...shelf].map((dictionary) => dictionary.load(next)));
  choice.tongue = next;
  document.documentElement.lang = HTML[next];
  try {
    localStorage.setItem(KEY, next);
  } catch {
    // Private browsing may refuse; the choice then lasts as long as the page.
  }
}

/** Resolves when every dictionary asked for so far can be read in the chosen tongue. */
export async function wordsReady(): Promise<void> {
  await Promise.all([...shelf].map((dictionary) => dictionary.load(choice.tongue)));
}

/** The stored choice, else what the browser asks for, else Chinese. */
export function startTongue(): void {
  let stored: string | null = null;
  try {
    stored = localStorage.getItem(KEY);
  } catch {
    stored = null;
  }
  const asked = stored ?? navigator.language;
  choice.tongue = asked.startsWith('zh') || !asked.startsWith('en') ? 'zh' : 'en';
  document.documentElement.lang = HTML[choice.tongue];
}

interface Dictionary {
  load(tongue: Tongue): Promise<void>;
}
const shelf = new Set<Dictionary>();

/** A dictionary of which only the chosen tongue is loaded. Whoever shows a screen waits for
 * `wordsReady` before; a tongue that cannot be fetched leaves the other one standing. */
export function words<T>(both: Both<() => Promise<T>>): () => T {
  let known = $state.raw<Partial<Record<Tongue, T>>>({});
  let asked: Partial<Record<Tongue, Promise<void>>> = {};
  const load = (tongue: Tongue): Promise<void> => {
    asked[tongue] ??= both[tongue]().then(
      (told) => {
        known = { ...known, [tongue]: told };
      },
      () => {
        asked = { ...asked, [tongue]: undefined };
      },
    );
    return asked[tongue] as Promise<void>;
  };
  shelf.add({ load });
  return () => (known[choice.tongue] ?? known.zh ?? known.en) as T;
}

/** For a few words beside the screen that says them: both tongues come along. */
export const bothWords =
  <T>(both: Both<T>): (() => T) =>
  () =>
    both[choice.tongue];

/** A text that came from the server in both tongues. Falls back to the other when one is empty. */
export function named(text: Partial<Named> | null | undefined): string {
  if (!text) return '';
  return text[choice.tongue] || text.zh || text.en || '';
}

export const one = (n: number, single: string, many: string): string =>
  `${n} ${n === 1 ? single : many}`;

type Form = 'clock' | 'day' | 'moment' | 'date' | 'weekday' | 'month';
const FORMS: Record<Form, Intl.DateTimeFormatOptions> = {
  clock: { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' },
  day: { month: 'short', day: 'numeric' },
  moment: { month: 'short', day: 'numeric', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' },
  date: { weekday: 'long', month: 'long', day: 'numeric' },
  weekday: { weekday: 'long' },
  month: { year: 'numeric', month: 'long' },
};
const made = new Map<string, Intl.DateTimeFormat>();

/** A moment in the bank's time zone, whatever the phone is set to. */
export function when(at: string | number | Date, form: Form): string {
  const key = `${choice.tongue}${form}`;
  let format = made.get(key);
  if (!format) {
    const locale = choice.tongue === 'zh' ? 'zh-CN' : 'en-GB';
    format = new Intl.DateTimeFormat(locale, { timeZone: ZONE, ...FORMS[form] });
    made.set(key, format);
  }
  return format.format(new Date(at));
}

export { dayKey } from '@/foundation/clock/day';

/** Points travel as tenths; people read 4.5. */
export const points = (tenths: number): string =>
  tenths % 10 === 0 ? String(tenths / 10) : (tenths / 10).toFixed(1);

export function bytes(n: number): string {
  if (n < 1024 * 1024) return `${Math.max(1, Math.round(n / 1024))} KB`;
  const mega = n / 1024 / 1024;
  return mega < 1024 ? `${Math.round(mega)} MB` : `${(mega / 1024).toFixed(1)} GB`;
}

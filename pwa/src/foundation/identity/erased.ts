// What stays of a device that erased itself: when, how many things went unsent, and whether the server
// has been told. No name, no word.

export type Erased = { at: number; unsent: number; told: boolean };

const KEY = 'xunfang.erased';

export const markErased = (mark: Erased): void => localStorage.setItem(KEY, JSON.stringify(mark));

export function erased(): Erased | null {
  const text = localStorage.getItem(KEY);
  return text ? (JSON.parse(text) as Erased) : null;
}

/** Somebody works here again. */
export const forgetErased = (): void => localStorage.removeItem(KEY);

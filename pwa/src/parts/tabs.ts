// The bottom bar holds five words at most, also in large type; what does not fit stands behind "More".
export const TABS_MAX = 5;

export interface Folded<T> {
  shown: readonly T[];
  /** behind "More", which then takes the last place of the bar */
  more: readonly T[];
}

/** The first places in their order and the very last one (this device) stay in the bar. */
export function fold<T>(tabs: readonly T[]): Folded<T> {
  if (tabs.length <= TABS_MAX) return { shown: tabs, more: [] };
  const first = TABS_MAX - 2;
  return { shown: [...tabs.slice(0, first), ...tabs.slice(-1)], more: tabs.slice(first, -1) };
}

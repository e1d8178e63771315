// The holding hand: it mirrors docks and tools, never the text.
export type Hand = 'left' | 'right';
const KEY = 'xunfang.hand';
const choice = $state<{ hand: Hand }>({ hand: 'right' });

export const handed = (): Hand => choice.hand;

export function hold(hand: Hand): void {
  choice.hand = hand;
  document.documentElement.dataset.hand = hand;
  try {
    localStorage.setItem(KEY, hand);
  } catch {
    // Refused storage: the choice lasts as long as the page.
  }
}

export function startHand(): void {
  let stored: string | null = null;
  try {
    stored = localStorage.getItem(KEY);
  } catch {
    stored = null;
  }
  choice.hand = stored === 'left' ? 'left' : 'right';
  document.documentElement.dataset.hand = choice.hand;
}

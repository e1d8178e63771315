// Numbers that must not be kept are told where they are typed, and nothing in the same sheet or screen is
// confirmed while one stands there. The fields of every feature get it by being fields.
import { find, stars, without } from '@/foundation/personalNumbers';

type Typed = HTMLTextAreaElement | HTMLInputElement;
const TYPED = 'textarea, input:is(:not([type]), [type="text"]):not([autocomplete="username"])';
const CONFIRMS = '.btn.main';
// A dock lies beside the text of its screen, not in it.
const within = (element: Element): Element | null => element.closest('dialog, .screen');

/** Tells what was seen in the fields of this box, masked; again with every change of it. */
export function guarded(
  box: HTMLElement,
  tell: (masked: string[]) => void,
): { destroy: () => void } {
  let told = '';
  function look(): boolean {
    const masked = typed(box).flatMap((field) => find(field.value).map(stars));
    if (masked.join() !== told) {
      told = masked.join();
      tell(masked);
    }
    return masked.length > 0;
  }
  // In the capture phase, before any handler of a feature: a number pasted a moment ago is seen as well.
  function stop(event: MouseEvent) {
    const button = (event.target as Element | null)?.closest?.(CONFIRMS);
    if (!button || within(button) !== within(box) || !look()) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    typed(box)
      .find((field) => find(field.value).length > 0)
      ?.focus();
  }
  box.addEventListener('input', look);
  document.addEventListener('click', stop, true);
  look();
  return {
    destroy() {
      box.removeEventListener('input', look);
      document.removeEventListener('click', stop, true);
    },
  };
}

/** Takes the numbers out as if the person had: the feature hears of it like of any other stroke. */
export function takeOut(box: HTMLElement): void {
  for (const field of typed(box)) {
    if (!find(field.value).length) continue;
    field.value = without(field.value);
    field.dispatchEvent(new Event('input', { bubbles: true }));
    field.focus();
  }
}

const typed = (box: HTMLElement): Typed[] => [...box.querySelectorAll<Typed>(TYPED)];

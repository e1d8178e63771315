// The thumb stays, the list moves: the next item slides under the reading position. The scroll is
// done at once and only its look is animated, so input is never locked and focus never lost.

/** Where the eye rests: below the heads, about a third down. */
const READ_AT = 0.34;

function scrollerOf(from: Element): Element {
  for (let at = from.parentElement; at; at = at.parentElement)
    if (/auto|scroll/.test(getComputedStyle(at).overflowY) && at.scrollHeight > at.clientHeight)
      return at;
  return document.scrollingElement ?? document.documentElement;
}

/** `was` is where the row stood before it was taken in hand; null moves without a slide. */
export function bring(row: Element, was: number | null): void {
  const scroller = scrollerOf(row);
  const wanted = window.innerHeight * READ_AT;
  scroller.scrollTop += row.getBoundingClientRect().top - wanted;
  if (was === null) return;
  const moved = was - row.getBoundingClientRect().top;
  const duration = calm();
  if (!moved || !duration) return;
  const frames = [{ transform: `translateY(${moved}px)` }, { transform: 'none' }];
  for (const list of scroller.querySelectorAll<HTMLElement>('[data-conveyor]')) {
    refresh(list);
    list.animate(frames, { duration, easing: 'cubic-bezier(.2, .7, .2, 1)' });
  }
}

let moves = 0;

/** Chromium (156) starts an animation from the style it kept of the last one. When a camera or a
 * sheet was opened while the list still moved, that style says the list is behind a dialog, and
 * nothing in it takes focus or a tap any more: numbers typed into it are lost. A changed style is
 * the one thing that makes it look again. */
const refresh = (list: HTMLElement): void => list.style.setProperty('--moves', String(++moves));

/** The token in milliseconds, however the build has written it. */
function calm(): number {
  const value = getComputedStyle(document.documentElement).getPropertyValue('--calm').trim();
  return Number.parseFloat(value) * (value.endsWith('ms') ? 1 : 1000);
}

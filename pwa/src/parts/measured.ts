// Sticky parts and sheets start below the top, however tall the text size has made it.
export function measured(top: HTMLElement): { destroy(): void } {
  const root = document.documentElement.style;
  const bar = top.querySelector<HTMLElement>('.bar');
  const watch = new ResizeObserver(() => {
    root.setProperty('--top', `${top.offsetHeight}px`);
    if (bar) root.setProperty('--bar', `${bar.offsetHeight}px`);
  });
  watch.observe(top);
  return { destroy: () => watch.disconnect() };
}

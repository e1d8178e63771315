// Sticky parts and sheets start below the top, however tall the text size has made it.
// The bar of a dialog is measured by nobody: what lies below it must find its own value again.
export function measured(top: HTMLElement, on: boolean): { destroy(): void } {
  const root = document.documentElement.style;
  const bar = top.querySelector<HTMLElement>('.bar');
  const watch = new ResizeObserver(() => {
    root.setProperty('--top', `${top.offsetHeight}px`);
    if (bar) root.setProperty('--bar', `${bar.offsetHeight}px`);
  });
  if (on) watch.observe(top);
  return { destroy: () => watch.disconnect() };
}

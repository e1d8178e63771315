// The whole router: the address is the truth, links are plain links, `go` is for what follows an act.
export interface Match<T> {
  route: T;
  params: Record<string, string>;
}

const here = $state({ path: location.pathname, query: location.search, depth: 0 });

export const path = (): string => here.path;
export const query = (): URLSearchParams => new URLSearchParams(here.query);

function read(): void {
  here.path = location.pathname;
  here.query = location.search;
}

export function go(to: string, how: 'push' | 'replace' = 'push'): void {
  if (how === 'push') here.depth += 1;
  history[how === 'push' ? 'pushState' : 'replaceState']({ depth: here.depth }, '', to);
  read();
  window.scrollTo(0, 0);
}

/** Up: back in history when we came from inside, else to the given path (a deep link has no past). */
export function up(to: string): void {
  if (here.depth > 0) history.back();
  else go(to, 'replace');
}

function follow(event: MouseEvent): void {
  if (event.defaultPrevented || event.button || event.metaKey || event.ctrlKey || event.shiftKey)
    return;
  const link = (event.target as Element | null)?.closest?.('a');
  if (!link || link.target || link.hasAttribute('download') || link.origin !== location.origin)
    return;
  event.preventDefault();
  if (link.href !== location.href) go(link.pathname + link.search);
}

export function startRouter(): () => void {
  const moved = (event: PopStateEvent) => {
    here.depth = (event.state as { depth?: number } | null)?.depth ?? 0;
    read();
  };
  addEventListener('popstate', moved);
  document.addEventListener('click', follow);
  return () => {
    removeEventListener('popstate', moved);
    document.removeEventListener('click', follow);
  };
}

/** `/rounds/:id` against `/rounds/7`. The first pattern that fits wins. */
export function match<T extends { path: string }>(
  routes: readonly T[],
  at: string,
): Match<T> | null {
  const parts = at.split('/').filter(Boolean);
  for (const route of routes) {
    const wanted = route.path.split('/').filter(Boolean);
    if (wanted.length !== parts.length) continue;
    const params: Record<string, string> = {};
    const fits = wanted.every((part, i) => {
      if (!part.startsWith(':')) return part === parts[i];
      params[part.slice(1)] = decodeURIComponent(parts[i] ?? '');
      return true;
    });
    if (fits) return { route, params };
  }
  return null;
}

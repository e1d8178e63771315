/** Gzipped bytes of a build, by what a person waits for. */
export function weights(out: string): {
  first_screen_js: number;
  first_screen_css: number;
  service_worker: number;
  precache: number;
  held_after: number;
};

/** The paths that the service worker lists: what it fetches before the app counts as held, and what follows. */
export function carried(worker: string): { first: string[]; rest: string[] };

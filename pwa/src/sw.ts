// Starts the app without a network, and does nothing else: every file of this build is fetched
// once, checked by its size on arrival, and served from the cache; calls of the API go through.
// Pages of features that say so come once the app runs, all of them; a few heavy files come only when
// somebody asks for them, and from then on are part of the build, and of every later one.
//
// Promises: a build is complete or it does not take over (installing fails as a whole), but for the
// very first, which is online anyway and starts without the pages that come after; the page
// that runs keeps its own build until it hands over (no skipWaiting at install); the files of the
// build before stay until the new one runs. It holds no data of ours and imports nothing of ours.

declare const __PRECACHE__: [path: string, hash: string][];
declare const __AFTER__: [path: string, hash: string][];
declare const __ON_DEMAND__: Record<string, string>;
declare const __BUILD__: string;

const worker = self as unknown as ServiceWorkerGlobalScope;
const PREFIX = 'xunfang-build-';
const CACHE = PREFIX + __BUILD__;
const PAGE = '/index.html';
const listed = new Map(__PRECACHE__);
const after = new Map(__AFTER__);
const onDemand = new Map(Object.entries(__ON_DEMAND__));
// Stands in the cache of a build that holds what comes on demand.
const HELD = '/held';

worker.addEventListener('install', (event) => {
  event.waitUntil(install());
});

async function install(): Promise<void> {
  const cache = await caches.open(CACHE);
  await Promise.all([...listed].map(([path, hash]) => keep(cache, path, hash)));
  // Whoever has a build may be without signal in the next minute: the new one brings everything.
  if (worker.registration.active) await fetchPages();
  // What was made ready for a place without signal stays ready over an update.
  if (await caches.match(HELD)) await hold();
}

async function fetchPages(): Promise<void> {
  const cache = await caches.open(CACHE);
  await Promise.all([...after].map(([path, hash]) => keep(cache, path, hash)));
}

async function hold(): Promise<void> {
  const cache = await caches.open(CACHE);
  await Promise.all([...onDemand].map(([path, hash]) => keep(cache, path, hash)));
  await cache.put(HELD, new Response());
}

/** All of them, looked at one by one: a browser under pressure may have dropped some. */
async function holds(files: Map<string, string>): Promise<boolean> {
  const cache = await caches.open(CACHE);
  const found = await Promise.all([...files.keys()].map((path) => cache.match(path)));
  return found.every(Boolean);
}

/** What the build before had already is copied, not fetched: an update costs what changed. */
async function keep(cache: Cache, path: string, hash: string): Promise<void> {
  if (await cache.match(path)) return;
  const known = path.startsWith('/assets/') ? await caches.match(path) : undefined;
  if (known) {
    await cache.put(path, known);
    return;
  }
  // The hash in the address keeps a proxy from answering with the file of another build.
  const answer = await fetch(`${path}?build=${hash}`, { cache: 'no-store' });
  if (!answer.ok || answer.redirected) throw new Error(`${path}: ${answer.status}`);
  await cache.put(path, answer);
}

worker.addEventListener('activate', (event) => {
  event.waitUntil(activate());
});

async function activate(): Promise<void> {
  for (const name of await caches.keys())
    if (name.startsWith(PREFIX) && name !== CACHE) await caches.delete(name);
  // The first visit is served offline from now on, without a reload.
  await worker.clients.claim();
}

worker.addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== 'GET' || url.origin !== worker.location.origin) return;
  if (url.pathname.startsWith('/v1/') || url.pathname.endsWith('z')) return;
  const path = request.mode === 'navigate' ? pageOf(url.pathname) : url.pathname;
  if (listed.has(path) || after.has(path) || onDemand.has(path))
    event.respondWith(serve(path, request));
});

/** Deep links are the one page; files that exist by themselves (rescue.html) are themselves. */
const pageOf = (path: string): string => (listed.has(path) ? path : PAGE);

async function serve(path: string, request: Request): Promise<Response> {
  const cache = await caches.open(CACHE);
  const known = await cache.match(path);
  if (known) return known;
  // The browser dropped a file under pressure: fetched again, and kept if it is of this build.
  const answer = await fetch(request.mode === 'navigate' ? path : request);
  if (answer.ok) await cache.put(path, answer.clone());
  if (answer.ok && onDemand.has(path)) await cache.put(HELD, new Response());
  return answer;
}

worker.addEventListener('message', (event) => {
  const { data, ports } = event;
  const asked = QUESTIONS[data?.type];
  if (data?.type === 'SKIP_WAITING') worker.skipWaiting();
  // Refused while it is not yet active: then its own claim comes after, and finds the page.
  if (data?.type === 'CLAIM') event.waitUntil(worker.clients.claim().catch(() => undefined));
  if (asked) event.waitUntil(answer(asked, ports[0]));
});

/** What is fetched first, if anything, and which files must then be here. */
type Question = { first?: () => Promise<void>; files: Map<string, string> };
const QUESTIONS: Record<string, Question> = {
  HOLDS: { files: onDemand },
  HOLD: { first: hold, files: onDemand },
  PAGES: { files: after },
  FETCH_PAGES: { first: fetchPages, files: after },
};

async function answer({ first, files }: Question, port?: MessagePort): Promise<void> {
  // What could not be fetched is told by what is missing.
  await first?.().catch(() => undefined);
  port?.postMessage(await holds(files));
}

// Background Sync is a bonus of some browsers: it only wakes an open page, which does the work.
worker.addEventListener('sync', (event) => {
  (event as ExtendableEvent).waitUntil(wakePages());
});

async function wakePages(): Promise<void> {
  for (const client of await worker.clients.matchAll({ type: 'window' }))
    client.postMessage({ type: 'sync' });
}

export {};

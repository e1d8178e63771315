// Pictures as addresses an <img> can show. Each is opened once while something shows it, and looked
// for again when bytes have come; the address is given back a little after the last one left.
import { type PictureSize, picture } from '@/foundation/evidence/photos';
import { phone } from '@/foundation/phone';

export interface PhotoRef {
  sha256: string;
  thumb: string | null;
  type?: string;
}
interface Shown {
  src: string | null;
  users: number;
  look: () => void;
  stop: () => void;
}

const KEEP_MS = 20_000;
const shown = new Map<string, Shown>();

/** The address of a photo, or null until it is on this phone. Use inside a component. */
export function source(
  photo: () => PhotoRef | null | undefined,
  size: () => PictureSize,
): () => string | null {
  let src = $state<string | null>(null);
  $effect(() => {
    const wanted = photo();
    if (!wanted) {
      src = null;
      return;
    }
    return use(wanted, size(), (next) => {
      src = next;
    });
  });
  return () => src;
}

/** Follows one photo until the returned function is called. */
export function use(
  photo: PhotoRef,
  size: PictureSize,
  tell: (src: string | null) => void,
): () => void {
  const key = `${photo.sha256}@${size}`;
  const entry = shown.get(key) ?? open(key, photo, size);
  entry.users += 1;
  const listener = () => tell(entry.src);
  listeners.get(key)?.add(listener);
  listener();
  return () => {
    listeners.get(key)?.delete(listener);
    entry.users -= 1;
    if (entry.users === 0) setTimeout(() => leave(key, entry), KEEP_MS);
  };
}

const listeners = new Map<string, Set<() => void>>();

function open(key: string, photo: PhotoRef, size: PictureSize): Shown {
  const on = phone();
  let last: Blob | null = null;
  const entry: Shown = { src: null, users: 0, look, stop: () => undefined };
  function look() {
    void picture(photo, size, on).then((found) => {
      if (!found || (last && found.size === last.size)) return;
      last = found;
      if (entry.src) URL.revokeObjectURL(entry.src);
      entry.src = URL.createObjectURL(found);
      for (const listener of listeners.get(key) ?? []) listener();
    });
  }
  entry.stop = on.store.onChange((change) => {
    if (change.tables.has('blob')) look();
  });
  shown.set(key, entry);
  listeners.set(key, new Set());
  look();
  return entry;
}

function leave(key: string, entry: Shown): void {
  if (entry.users > 0 || shown.get(key) !== entry) return;
  entry.stop();
  if (entry.src) URL.revokeObjectURL(entry.src);
  shown.delete(key);
  listeners.delete(key);
}

// Pieces of the app that come after the first screen.

const AGAIN_MS = 3_000;

/** A piece that a thin line lost is asked for again; the screens work meanwhile. */
export async function bring<T>(load: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await load();
    } catch {
      await new Promise((again) => setTimeout(again, AGAIN_MS));
    }
  }
}

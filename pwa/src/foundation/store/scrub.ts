// What Chromium's files keep of a deleted database.
//
// Its LevelDB writes a deletion behind what it deletes, and merges the two only once both lie in files of
// their own: after `deleteDatabase` alone the key and the small rows can still be read from the profile.
// Deleting any database makes it write out what is in memory, and merge a moment later. So a small database
// is made and deleted before the one that matters, and once more after it. Measured with Chromium 150; other
// browsers unlink the file of a database, for them it costs a moment.

import type { Browser } from '@/foundation/store/indexeddb';

const NAME = 'xunfang.scrub';

/** Resolves when the browser has had the time to merge. */
export async function scrub({ factory, merging_ms = 0 }: Browser): Promise<void> {
  const made = await answered(factory.open(NAME));
  made.close();
  await answered(factory.deleteDatabase(NAME));
  await new Promise((done) => setTimeout(done, merging_ms));
}

const answered = <T>(asked: IDBRequest<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = () => reject(asked.error);
  });

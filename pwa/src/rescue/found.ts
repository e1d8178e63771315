// What lies on this device, read without knowing its schema: every database of ours is opened at
// whatever version it has, and only read. Sealed values are recognised by their shape and opened
// with the key found beside them.

type Row = Record<string, unknown>;

export type Found = {
  person: string;
  /** Small facts by name: device id, epoch, the server's key for sealed files. */
  facts: Map<string, unknown>;
  outbox: Row[];
  sent: Row[];
  /** Digest to bytes, opened on demand. */
  bytes: Map<string, () => Promise<Uint8Array<ArrayBuffer>>>;
};

const OURS = /^xunfang-/;
const DIGEST = /^[0-9a-f]{64}$/;

/** One that cannot be read stands in nobody else's way. */
export async function lookAround(): Promise<(Found | { unreadable: unknown })[]> {
  const names = (await indexedDB.databases())
    .map(({ name }) => name ?? '')
    .filter((n) => OURS.test(n));
  const found: (Found | { unreadable: unknown })[] = [];
  for (const name of names)
    found.push(await lookInto(name).catch((unreadable: unknown) => ({ unreadable })));
  return found;
}

async function lookInto(name: string): Promise<Found> {
  const db = await answered(indexedDB.open(name));
  const meta = await all(db, 'meta');
  const facts = new Map(meta.map((row) => [String(row.key), row.value]));
  const key = facts.get('vault') as CryptoKey | undefined;
  const photos = [...(await all(db, 'bytes')), ...(await all(db, 'thumb'))];
  const own = photos.filter(({ id }) => DIGEST.test(String(id)));
  const open = async (rows: Row[]) => Promise.all(rows.map((row) => revealed(row, key)));
  const found = {
    person: name.replace(OURS, ''),
    facts,
    outbox: await open(await all(db, 'outbox')),
    sent: await open(await all(db, 'sent')),
    bytes: new Map(own.map((row) => [String(row.id), () => opened(row.sealed as Sealed, key)])),
  };
  db.close();
  return found;
}

type Sealed = { iv: Uint8Array<ArrayBuffer>; data: ArrayBuffer };

async function revealed(row: Row, key: CryptoKey | undefined): Promise<Row> {
  const next: Row = {};
  for (const [field, value] of Object.entries(row)) next[field] = await plain(value, key);
  return next;
}

async function plain(value: unknown, key: CryptoKey | undefined): Promise<unknown> {
  if (typeof value !== 'object' || value === null) return value;
  if ('clear' in value) return value.clear;
  if (!('sealed' in value)) return value;
  return JSON.parse(new TextDecoder().decode(await opened(value.sealed as Sealed, key)));
}

async function opened({ iv, data }: Sealed, key?: CryptoKey): Promise<Uint8Array<ArrayBuffer>> {
  if (!key) throw new Error('no key');
  return new Uint8Array(await crypto.subtle.decrypt({ name: 'AES-GCM', iv }, key, data));
}

async function all(db: IDBDatabase, table: string): Promise<Row[]> {
  if (!db.objectStoreNames.contains(table)) return [];
  return answered(db.transaction(table).objectStore(table).getAll());
}

function answered<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

// A list that somebody brings as a file: the server reads it and keeps nothing before a person has seen what was found.
import { type Answer, ask } from './ask';
import { TABLE_BYTES_MAX } from './limits';

const CSV = 'text/csv';
const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
const MEGABYTE = 1_048_576;

export async function askTable<T>(path: string, file: File): Promise<Answer<T>> {
  // Before a byte is read: a film chosen by mistake would fill the memory of a phone, and a server that hangs up in
  // the middle of it looks like no signal.
  if (file.size > TABLE_BYTES_MAX)
    return refused('table_too_large', { limit_mb: TABLE_BYTES_MAX / MEGABYTE });
  // Moved or changed since it was chosen: the browser does not hand it out any more.
  const bytes = await file.arrayBuffer().catch(() => null);
  if (!bytes) return refused('table_unreadable', {});
  const type = file.name.toLowerCase().endsWith('.csv') ? CSV : XLSX;
  return ask<T>({ path, file: { bytes: new Uint8Array(bytes), type } });
}

const refused = (code: string, facts: Record<string, unknown>) =>
  ({ ok: false, why: 'refused', code, facts }) as const;

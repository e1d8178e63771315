// Lists as files: ordered like anything else, so also without signal; the worker makes them.
import { type Answer, askFor } from '@/foundation/ask';
import { about } from '@/foundation/outbox/about';
import { put } from '@/foundation/outbox/put';
import { phone } from '@/foundation/phone';
import { tongue } from '@/parts/words.svelte';
import { save } from '../people/file';
import type { ListName } from './lists';

const one = about('exports', 'export');

export interface ExportBody {
  list: ListName;
  kind: 'csv' | 'xlsx';
  ordered_at: string;
  state: 'ordered' | 'made' | 'failed';
  rows: number;
  size: number;
  until: string | null;
  problem: string | null;
}

export const order = (
  list: ListName,
  query: Record<string, string>,
  kind: ExportBody['kind'],
): Promise<unknown> =>
  put(phone(), one(phone().newId(), 'order', { list, query, kind, language: tongue() }));

/** Null when it was taken, else why not. */
export async function take(id: string, body: ExportBody): Promise<Answer<unknown> | null> {
  const file = await askFor({ path: `/v1/console/exports/${id}/file` });
  if (!file.ok) return file;
  save(file.value, `${body.list}-${body.ordered_at.slice(0, 10)}.${body.kind}`);
  return null;
}

// Documents of an event, made by the server and handed to the person as a file.
import { type Answer, askFor, type Made } from '@/foundation/ask';
import { tongue } from '@/parts/words.svelte';

export type Document = 'report.pdf' | 'attendance.xlsx' | 'attendance.csv';
export const DOCUMENTS: Document[] = ['report.pdf', 'attendance.xlsx', 'attendance.csv'];

export const documentOf = (event: string, which: Document): Promise<Answer<Made>> =>
  askFor({ path: `/v1/events/${event}/${which}`, query: { language: tongue() } });

/** Like a download of the browser's own: nothing of it stays in the app. */
export function hand({ bytes, type }: Made, name: string): void {
  const url = URL.createObjectURL(new Blob([bytes as Uint8Array<ArrayBuffer>], { type }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), RELEASED_MS);
}
const RELEASED_MS = 60_000;

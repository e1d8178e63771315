// A file from the server goes to the person's own folder.
import { type Asking, askFor, type Made } from '@/foundation/ask';

/** False when it is not to be had now. */
export async function download(asking: Asking, name: string): Promise<boolean> {
  const file = await askFor(asking);
  if (!file.ok) return false;
  save(file.value, name);
  return true;
}

export function save({ bytes, type }: Made, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([bytes as Uint8Array<ArrayBuffer>], { type }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

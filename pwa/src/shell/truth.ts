// The truth in words: the worst state first, never more than the phone has been told.
import type { Truth } from '@/foundation/truth';
import { bytes, tongue, when } from '@/parts/words.svelte';
import { placeOf } from './contributions';
import { say } from './say';
import type { Waiting } from './unsent';

export interface Told {
  state: 'device' | 'received' | 'verified';
  head: string;
  rest: string;
}

/** "2 rounds, 41 photos, 12 MB" */
export function amount(waiting: readonly Waiting[], photos: number, size: number): string {
  const w = say();
  const kinds = new Map<string, number>();
  for (const one of waiting)
    if (one.commands > 0) kinds.set(one.kind, (kinds.get(one.kind) ?? 0) + 1);
  const said = [...kinds].map(([kind, n]) => placeOf(kind)?.counted(n) ?? w.records(n));
  if (photos > 0) said.push(w.photos(photos));
  const list = said.join(w.join);
  return size > 0 ? list + w.comma + bytes(size) : list;
}

export function told(truth: Truth, waiting: readonly Waiting[]): Told {
  const w = say();
  if (truth.state === 'device') {
    const { photos, bytes: size } = truth.device;
    return { state: 'device', head: w.deviceOnly, rest: amount(waiting, photos, size) };
  }
  if (truth.state === 'verified' && truth.verified.at !== null) {
    const at = when(truth.verified.at, 'clock');
    return { state: 'verified', head: w.verifiedAt(at), rest: w.nothingWaits };
  }
  const { photos, records } = truth.received;
  const rest =
    photos > 0 ? w.stillWaits(photos) : records > 0 ? w.checking(records) : w.answersChecked;
  return { state: 'received', head: w.atServer, rest };
}

/** "1 h 50 min" of waiting. */
export function age(since: number, now: number): string {
  const minutes = Math.max(0, Math.floor((now - since) / 60_000));
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60];
  const zh = tongue() === 'zh';
  if (hours >= 48) return zh ? `${Math.floor(hours / 24)} 天` : `${Math.floor(hours / 24)} days`;
  if (hours === 0) return zh ? `${minutes} 分` : `${minutes} min`;
  return zh ? `${hours} 小时 ${rest} 分` : `${hours} h ${rest} min`;
}

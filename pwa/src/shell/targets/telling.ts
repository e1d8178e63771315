// How a target and its messages stand, in words.
import { dayKey, when } from '@/parts/words.svelte';
import type { DeliveryRow, TargetRow } from './rows';
import { say } from './say';

type Tone = '' | 'ok' | 'warn' | 'bad';

export const moment = (at: string): string =>
  when(at, dayKey(at) === dayKey(Date.now()) ? 'clock' : 'moment');

export function targetTag({ state, way }: TargetRow): { text: string; tone: Tone } {
  const { states } = say();
  if (state === 'paused') return { text: states.paused ?? '', tone: '' };
  const tone = { well: 'ok', failing: 'warn', dead: 'bad' } as const;
  return { text: states[way.state] ?? '', tone: tone[way.state] };
}

/** Why it does not arrive, with the other side's number. */
export function troubleText({
  code,
  status,
}: {
  code: string | null;
  status: number | null;
}): string {
  const w = say();
  if (!code) return '';
  return (w.troubles[code] ?? w.otherTrouble) + (status === null ? '' : ` (${status})`);
}

export function clockText(off: number | null): string {
  const w = say();
  if (off === null) return '';
  const minutes = Math.round(Math.abs(off) / 60);
  return off > 0 ? w.clockAhead(minutes) : w.clockBehind(minutes);
}

export function wayText({ way }: TargetRow): string {
  const w = say();
  const sent = way.last_sent_at ? w.sentAt(moment(way.last_sent_at)) : w.neverSent;
  return [sent, way.queued ? w.queued(way.queued) : ''].filter(Boolean).join(w.comma);
}

export function deliveryTag({ state }: DeliveryRow): { text: string; tone: Tone } {
  const tone = { queued: 'warn', sent: 'ok', refused: 'bad', expired: 'bad', dropped: '' } as const;
  return { text: say().deliveries[state] ?? '', tone: tone[state] };
}

// A notice in one sentence, by the feature that sent it.
import type { Tell } from '@/parts/contribution';
import type { NameOf } from '@/parts/directory';
import { tongue } from '@/parts/words.svelte';
import { contributions, placeOf } from '../contributions';
import type { NoticeBody } from './inbox';
import { tell as own } from './own';

let tells = $state.raw<Tell[]>([own]);
let asked = false;

/** Loads the words of every feature; asked again where a thin line lost some. */
export function loadTells(): void {
  if (asked) return;
  asked = true;
  const loads = contributions.flatMap((feature) => (feature.notices ? [feature.notices()] : []));
  Promise.all(loads).then(
    (found) => {
      tells = [...found.map((one) => one.tell), own];
    },
    () => {
      asked = false;
    },
  );
}

/** Also of a type that a newer server sends: the badge counts it, so the list has to show it. */
export function textOf({ type, params }: NoticeBody, nameOf: NameOf): string {
  const text = tells.map((tell) => tell(type, params, nameOf)).find(Boolean);
  return text ?? (tongue() === 'zh' ? '有一条新消息' : 'There is a notice for you');
}

export function hrefOf({ rec }: NoticeBody): string | undefined {
  const place = rec ? placeOf(rec[0]) : null;
  return place && rec ? place.href(rec[1]) : undefined;
}

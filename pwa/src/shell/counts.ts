// The numbers beside the desk's navigation, each counted over the local records of one kind.
import type { Live } from '@/foundation/live';
import { live } from '@/foundation/live';
import { readKind } from '@/foundation/reading';
import { readMe } from '@/parts/directory';
import { contributions } from './contributions';

export const counts = (): Live<Map<string, number>> =>
  live({ tables: ['rec', 'local'] }, async (phone) => {
    const counted = new Map<string, number>();
    const me = await readMe(phone);
    for (const place of contributions.flatMap((feature) => feature.console ?? []))
      if (place.count && place.countOf) {
        const bodies = await readKind(phone, place.countOf);
        counted.set(place.href, place.count(bodies, me));
      }
    return counted;
  });

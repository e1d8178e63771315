// The checks that features contribute for a record, one after the other in their order.
import type { Phone } from '@/foundation/phone';
import type { Key } from '@/foundation/store/tables';
import type { Contribution, ReadyCheck } from '@/parts/contribution';
import { say } from './say';

/** Every feature's checks for this record. One whose checks cannot be loaded or fail is unknown, not absent. */
export async function gatherChecks(
  features: readonly Pick<Contribution, 'name' | 'readyChecks'>[],
  on: Phone,
  rec: Key,
): Promise<ReadyCheck[]> {
  const [kind] = rec;
  const asked = features.map(async ({ name, readyChecks }) => {
    const load = readyChecks?.[kind];
    if (!load) return [];
    try {
      return await (await load()).checks(on, rec);
    } catch {
      return [broken(name)];
    }
  });
  return (await Promise.all(asked)).flat();
}

const broken = (name: string): ReadyCheck => ({
  key: `${name}.checks`,
  standing: 'unknown',
  word: () => say().checksOf,
  told: () => say().checksBroke,
  act: null,
});

// The checks of the device as a feature gives them on: words and an act for each need that its kind has.
import type { Phone } from '@/foundation/phone';
import { type DeviceNeed, mendOf, standingOf } from '@/foundation/readiness';
import type { ReadyCheck } from './contribution';
import { sayOutreach } from './sayOutreach';

const FETCHED: ReadonlySet<DeviceNeed> = new Set(['pages', 'scanner']);

/** One check per need, in the order given. */
export const deviceChecks = (on: Phone, needs: readonly DeviceNeed[]): Promise<ReadyCheck[]> =>
  Promise.all(needs.map((need) => deviceCheck(on, need)));

async function deviceCheck(on: Phone, need: DeviceNeed): Promise<ReadyCheck> {
  const standing = await standingOf(need, on);
  const mend = mendOf(need, standing);
  return {
    key: need,
    standing,
    word: () => sayOutreach().checks[need] ?? '',
    told: () => sayOutreach().checkTold[`${need}_${standing}`] ?? '',
    act: mend
      ? {
          word: () => (FETCHED.has(need) ? sayOutreach().fetchNow : sayOutreach().allow),
          run: mend,
        }
      : null,
  };
}

/** The worst first: what is missing, then what cannot be told. Null while nothing has been looked at yet. */
export function readySummary(
  checks: readonly ReadyCheck[] | null,
): { standing: ReadyCheck['standing']; n: number } | null {
  if (!checks) return null;
  const count = (standing: ReadyCheck['standing']) =>
    checks.filter((check) => check.standing === standing).length;
  if (count('missing')) return { standing: 'missing', n: count('missing') };
  if (count('unknown')) return { standing: 'unknown', n: count('unknown') };
  return { standing: 'ok', n: checks.length };
}

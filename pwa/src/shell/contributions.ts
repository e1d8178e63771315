// Features are found, not listed: a new folder with a manifest is a new feature.
import type { LaterRules } from '@/foundation/catalogue';
import type { Phone } from '@/foundation/phone';
import type { Key } from '@/foundation/store/tables';
import type {
  Contribution,
  Load,
  NavPlace,
  ReadyCheck,
  RecordPlace,
  Route,
} from '@/parts/contribution';
import { gatherChecks } from './ready';

export type * from '@/parts/contribution';

const found = import.meta.glob<{ manifest: Contribution }>('../features/*/manifest.ts', {
  eager: true,
});

export const contributions: readonly Contribution[] = Object.keys(found)
  .sort()
  .map((path) => (found[path] as { manifest: Contribution }).manifest);

export const routes: readonly Route[] = contributions.flatMap((feature) => feature.routes);
export const rules: readonly LaterRules[] = contributions.map((feature) => feature.preview);

const records = new Map(
  contributions.flatMap((feature) => Object.entries(feature.records)),
) as ReadonlyMap<string, RecordPlace>;

/** How to name and reach a record of this kind; null for kinds without a screen. */
export const placeOf = (kind: string): RecordPlace | null => {
  const place = records.get(kind);
  return place?.partOf ? (records.get(place.partOf) ?? place) : (place ?? null);
};

/** What features add to the screen of a record of this kind. */
export const panels = (kind: string): readonly Load[] =>
  contributions.flatMap((feature) => feature.panels?.[kind] ?? []);

/** What all features know of the needs of this record. Nothing is asked of the server. */
export const readyChecks = (on: Phone, rec: Key): Promise<ReadyCheck[]> =>
  gatherChecks(contributions, on, rec);

/** The record of which this one is a part, or itself. A part has the id of its whole, alone or before a dot. */
export function wholeOf([kind, id]: Key): Key {
  const whole = records.get(kind)?.partOf;
  return whole ? [whole, id.split('.')[0] ?? id] : [kind, id];
}

export function places(of: 'nav' | 'console', roles: ReadonlySet<string>): NavPlace[] {
  return contributions
    .flatMap((feature) => feature[of] ?? [])
    .filter((place) => !place.roles || place.roles.some((role) => roles.has(role)))
    .sort((a, b) => a.order - b.order);
}

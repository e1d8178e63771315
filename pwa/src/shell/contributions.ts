// Features are found, not listed: a new folder with a manifest is a new feature.
import type { RecordRules } from '@/foundation/catalogue';
import type { Contribution, Load, NavPlace, RecordPlace, Route } from '@/parts/contribution';

export type * from '@/parts/contribution';

const found = import.meta.glob<{ manifest: Contribution }>('../features/*/manifest.ts', {
  eager: true,
});

export const contributions: readonly Contribution[] = Object.keys(found)
  .sort()
  .map((path) => (found[path] as { manifest: Contribution }).manifest);

export const routes: readonly Route[] = contributions.flatMap((feature) => feature.routes);
export const rules: readonly RecordRules[] = contributions.map((feature) => feature.preview);

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

export const wholeOf = (kind: string): string => records.get(kind)?.partOf ?? kind;

export function places(of: 'nav' | 'console', roles: ReadonlySet<string>): NavPlace[] {
  return contributions
    .flatMap((feature) => feature[of] ?? [])
    .filter((place) => !place.roles || place.roles.some((role) => roles.has(role)))
    .sort((a, b) => a.order - b.order);
}

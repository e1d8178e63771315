// What a house still lacks before its first round, in the order in which one thing needs the other. Pure.
export interface House {
  units: number;
  lines: number;
  outlets: number;
  people: number;
  templates: number;
  /** whether the official days of this year are in */
  days: boolean;
}
export type Step = 'units' | 'lines' | 'outlets' | 'people' | 'days' | 'templates';

const HREF: Record<Step, string> = {
  units: '/places/units',
  lines: '/places/lines',
  outlets: '/places/import',
  people: '/people/import',
  days: '/places/calendar',
  templates: '/templates',
};

/** Every step with whether it is done. Empty once the house works: a year without its list of days is told where
 * days are counted, and does not bring back the first day. */
export function stepsOf(house: House): { step: Step; href: string; done: boolean }[] {
  const done: Record<Step, boolean> = {
    units: house.units > 0,
    lines: house.lines > 0,
    outlets: house.outlets > 0,
    people: house.people > 1,
    days: house.days,
    templates: house.templates > 0,
  };
  const { days: _, ...needed } = done;
  if (Object.values(needed).every(Boolean)) return [];
  return (Object.keys(HREF) as Step[]).map((step) => ({
    step,
    href: HREF[step],
    done: done[step],
  }));
}

// A plan while it is typed, what is missing in it, and the command it becomes. Pure.
import type { EventBody, Kind, Plan } from '../model';

export interface Draft {
  kind: Kind;
  theme: string;
  outlet: string;
  line: string;
  place: string;
  by: 'day' | 'festival';
  day: string;
  untilDay: string;
  festival: NonNullable<Plan['festival']>['code'];
  year: number;
  starts: string;
  ends: string;
  people: string;
  followUps: string;
  other: string;
  topics: string[];
  materials: { key: string; name: string; n: string }[];
  budget: string;
  minorSafe: boolean;
  staff: string[];
}
export type Lack = 'theme' | 'outlet' | 'line' | 'place' | 'day' | 'ends' | 'staff';

export const blank = (today: string, me: string): Draft => ({
  kind: 'community',
  theme: '',
  outlet: '',
  line: '',
  place: '',
  by: 'day',
  day: today,
  untilDay: '',
  festival: 'lantern',
  year: Number(today.slice(0, 4)),
  starts: '14:00',
  ends: '16:00',
  people: '',
  followUps: '',
  other: '',
  topics: [],
  materials: [],
  budget: '',
  minorSafe: false,
  staff: [me],
});

const figure = (n: number | undefined): string => (n ? String(n) : '');

export const draftOf = (body: EventBody, today: string): Draft => ({
  kind: body.kind,
  theme: body.theme,
  outlet: body.outlet,
  line: body.line,
  place: body.place,
  by: body.festival ? 'festival' : 'day',
  day: body.day || today,
  untilDay: body.until_day ?? '',
  festival: body.festival?.code ?? 'lantern',
  year: body.festival?.year ?? Number(today.slice(0, 4)),
  starts: body.starts,
  ends: body.ends,
  people: figure(body.goals.people),
  followUps: figure(body.goals.follow_ups),
  other: body.goals.other ?? '',
  topics: [...body.topics],
  materials: body.materials.map(({ key, name, n }) => ({ key, name, n: String(n) })),
  budget: body.budget,
  minorSafe: body.minor_safe,
  staff: [...body.staff],
});

/** Families come: there the protection of minors is on and stays on. */
export const minorSafe = (draft: Pick<Draft, 'kind' | 'minorSafe'>): boolean =>
  draft.kind === 'children' || draft.minorSafe;

export function lacksOf(draft: Draft): Set<Lack> {
  const lacks = new Set<Lack>();
  const need = (what: Lack, there: boolean) => {
    if (!there) lacks.add(what);
  };
  need('theme', draft.theme.trim() !== '');
  need('outlet', draft.outlet !== '');
  need('line', draft.line !== '');
  need('place', draft.place.trim() !== '');
  need('day', draft.by === 'festival' || draft.day !== '');
  need('ends', draft.starts !== '' && draft.ends > draft.starts);
  need('staff', draft.staff.length > 0);
  return lacks;
}

/** Whole numbers only; what is no number says nothing. */
const whole = (typed: string): number => (/^\d{1,6}$/.test(typed.trim()) ? Number(typed) : 0);

export function planOf(draft: Draft): Plan {
  const materials = draft.materials
    .filter(({ name }) => name.trim())
    .map(({ key, name, n }) => ({ key, name: name.trim(), n: whole(n) }));
  return {
    kind: draft.kind,
    theme: draft.theme.trim(),
    outlet: draft.outlet,
    line: draft.line,
    place: draft.place.trim(),
    starts: draft.starts,
    ends: draft.ends,
    staff: draft.staff,
    ...(draft.by === 'day'
      ? { day: draft.day }
      : { festival: { code: draft.festival, year: draft.year } }),
    ...(draft.by === 'day' && draft.untilDay ? { until_day: draft.untilDay } : {}),
    goals: {
      people: whole(draft.people),
      follow_ups: whole(draft.followUps),
      other: draft.other.trim(),
    },
    topics: draft.topics,
    materials,
    budget: draft.budget.trim(),
    minor_safe: minorSafe(draft),
  };
}

// How far apart in time and place the two signed in, as far as it is known.
import type { Position } from '@/foundation/evidence/position';
import type { PersonBody, VisitBody } from './model';

export interface Apart {
  minutes: number | null;
  metres: number | null;
  within: number;
}
const EARTH_METRES = 6_371_000;

export function apartOf(visit: VisitBody, person: PersonBody | undefined): Apart {
  const [a, b] = visit.presences;
  const minutes =
    a && b ? Math.round(Math.abs(Date.parse(b.at) - Date.parse(a.at)) / 60_000) : null;
  const place = (id: string | undefined) => person?.places.find((one) => one.person === id)?.geo;
  const [from, to] = [place(a?.person), place(b?.person)];
  if (!from || !to) return { minutes, metres: null, within: 0 };
  return { minutes, metres: metres(from, to), within: Math.round(from.acc + to.acc) };
}

/** On a sphere: good to a percent, and the accuracy is larger anyway. */
function metres(a: Position, b: Position): number {
  const rad = (n: number) => (n / 1e6) * (Math.PI / 180);
  const x = (rad(b.lon) - rad(a.lon)) * Math.cos((rad(a.lat) + rad(b.lat)) / 2);
  return Math.round(Math.hypot(x, rad(b.lat) - rad(a.lat)) * EARTH_METRES);
}

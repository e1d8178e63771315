// Where the photograph was taken, asked at the moment of the shot: pickers strip it from the file.
// Whole numbers of a millionth of a degree, because fractions differ between machines.

export type Position = { lat: number; lon: number; acc: number; at: string };

const PATIENCE_MS = 8_000;
const FRESH_MS = 60_000;

/** Null when refused, missing or too slow: a photograph never waits for its place. */
export function position(): Promise<Position | null> {
  if (!('geolocation' in navigator)) return Promise.resolve(null);
  return new Promise((resolve) => {
    navigator.geolocation.getCurrentPosition(
      ({ coords, timestamp }) =>
        resolve({
          lat: Math.round(coords.latitude * 1e6),
          lon: Math.round(coords.longitude * 1e6),
          acc: Math.round(coords.accuracy),
          at: new Date(timestamp).toISOString(),
        }),
      () => resolve(null),
      { enableHighAccuracy: true, timeout: PATIENCE_MS, maximumAge: FRESH_MS },
    );
  });
}

import { describe, expect, it } from 'vitest';
import { byOutlet, type Completion, share, weeksBetween } from './figures';

const cell = (outlet: string, week: string, due: number, handed: number): Completion => ({
  outlet,
  week,
  due,
  handed,
  late: 0,
});

describe('figures', () => {
  it('names every week between two Mondays, over the turn of a year', () => {
    expect(weeksBetween('2026-12-21', '2027-01-04')).toEqual([
      '2026-12-21',
      '2026-12-28',
      '2027-01-04',
    ]);
  });

  it('puts the outlets first where the most is still to do', () => {
    const cells = [
      cell('b', '2026-11-23', 2, 2),
      cell('c', '2026-11-23', 3, 1),
      cell('a', '2026-11-16', 1, 1),
    ];
    expect(byOutlet(cells, (id) => id).map(({ outlet }) => outlet)).toEqual(['c', 'a', 'b']);
  });

  it('keeps two weeks of one outlet in one row', () => {
    const [row] = byOutlet(
      [cell('a', '2026-11-16', 1, 1), cell('a', '2026-11-23', 1, 0)],
      (id) => id,
    );
    expect([...(row?.weeks.keys() ?? [])]).toEqual(['2026-11-16', '2026-11-23']);
  });

  it('says a score of a hundred, and nothing of nothing', () => {
    expect(share({ week: '', rounds: 1, points: 2, max: 3 })).toBe(66.7);
    expect(share({ week: '', rounds: 0, points: 0, max: 0 })).toBe(0);
  });
});

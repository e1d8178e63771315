import { describe, expect, it } from 'vitest';
import { clauseOf, editionOf, type NewEdition, rowOf } from './edition';

const CLAUSE = {
  no: '3.1',
  kind: 'soft' as const,
  text: { zh: '微笑', en: 'A smile' },
  points: 25,
};
const whole = (more: Partial<NewEdition> = {}): NewEdition => ({
  code: ' NET ',
  zh: '网点标准',
  en: 'Outlet standard',
  edition: '2027',
  line: 'service',
  from: '2027-01-01',
  rows: [rowOf(1, CLAUSE)],
  ...more,
});

describe('a new edition of a standard', () => {
  it('comes out of its rows as it went in', () => {
    expect(clauseOf(rowOf(1, CLAUSE))).toEqual(CLAUSE);
    expect(editionOf(whole())).toMatchObject({
      code: 'NET',
      clauses: [CLAUSE],
      effective_to: null,
    });
  });

  it('is not put in force with something missing, or a number twice', () => {
    const wrong: Partial<NewEdition>[] = [
      { code: ' ' },
      { en: '' },
      { line: '' },
      { from: '' },
      { rows: [] },
      { rows: [rowOf(1, CLAUSE), rowOf(2)] },
      { rows: [rowOf(1, CLAUSE), rowOf(2, CLAUSE)] },
      { rows: [{ ...rowOf(1, CLAUSE), points: 'many' }] },
    ];
    for (const part of wrong) expect(editionOf(whole(part))).toBeNull();
  });
});

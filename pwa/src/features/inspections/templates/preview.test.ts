// What a desk shows of a checklist before the server has answered.
import { describe, expect, it } from 'vitest';
import type { Item } from '@/foundation/checklists';
import type { Body, Key } from '@/foundation/store/tables';
import { isRetired } from '../model';
import { rules } from '../preview';

const AT = '2026-11-24T01:00:00.000Z';
function guess(op: string, args: Body, body?: Body): Body | null | undefined {
  const rec: Key = ['template_draft', 'd1'];
  const asked = { op: `checklists.${op}`, rec, args, id: 'c', actor: 'p', at: AT };
  return rules.previews![asked.op]!.apply!(body, asked, rec);
}

describe('checklists on the desk', () => {
  it('keep the revision and the mark of a copy while more is written', () => {
    const first = guess('keep_draft', { code: 'SQ' });
    expect(first).toEqual({ code: 'SQ', copy_of: null, at: AT, rev: 0 });
    const copy = { code: 'SQ', copy_of: 'd0', at: AT, rev: 4 };
    expect(guess('keep_draft', { code: 'SR' }, copy)).toEqual({ ...copy, code: 'SR' });
    expect(guess('drop_draft', {}, copy)).toBeNull();
  });

  it('are used until their last day is over in China', () => {
    const body = guess('retire_template', { last_day: '2026-11-24' }, { retired_at: null });
    expect(body).toEqual({ retired_at: '2026-11-24T16:00:00.000Z' });
    const told = body as { retired_at: string };
    const over = Date.parse('2026-11-24T16:00:00Z');
    expect([isRetired(told, over - 1), isRetired(told, over)]).toEqual([false, true]);
    expect(guess('retire_template', {}, { retired_at: null })).toEqual({ retired_at: AT });
    expect(isRetired({ retired_at: null }, over)).toBe(false);
  });

  it('are there with their title as soon as they are published, and only once', () => {
    const doc = { title: { zh: '门', en: 'Door' }, sections: [] as { items: Item[] }[] };
    const body = guess('publish_template', { code: 'SQ', doc });
    expect(body).toMatchObject({ title: doc.title, published_at: AT, retired_at: null });
    expect(guess('publish_template', { code: 'SQ', doc }, body as Body)).toBeUndefined();
  });

  it('cite editions that end when it is said', () => {
    const made = guess('publish_edition', { code: 'NET', effective_from: '2026-01-01' });
    expect(made).toMatchObject({ effective_to: null, published_at: AT });
    expect(guess('end_edition', { effective_to: '2026-12-31' }, made as Body)).toMatchObject({
      code: 'NET',
      effective_to: '2026-12-31',
    });
  });
});

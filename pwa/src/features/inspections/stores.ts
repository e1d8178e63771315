// What the screens read, live from this device.
import type { CodeListBody } from '@/foundation/checklists';
import { live } from '@/foundation/live';
import { readKind, readOne, record, records } from '@/foundation/reading';
import type { CalendarBody } from '@/foundation/workdays';
import type { PhotoBody } from '@/parts/photo';
import type { DraftBody, EditionBody, OutletBody, RoundBody, Sheet, TemplateBody } from './model';

export const round = (id: string) => record<RoundBody>('round', id);
export const sheet = (id: string) => record<Sheet>('sheet', id);
export const template = (id: string) => record<TemplateBody>('template', id);
export const rounds = () => records<RoundBody>('round');
export const templates = () => records<TemplateBody>('template');
export const drafts = () => records<DraftBody>('template_draft');
export const draft = (id: string) => record<DraftBody>('template_draft', id);
export const editions = () => records<EditionBody>('standard_edition');
export const edition = (id: string) => record<EditionBody>('standard_edition', id);
export const codeLists = () => records<CodeListBody>('code_list');
export const outlets = () => records<OutletBody>('outlet');
export const calendars = () => records<CalendarBody>('calendar');

export const photosOf = (id: string) =>
  live({ tables: ['rec', 'local'], kinds: ['photo'] }, async (phone) =>
    (await readKind<PhotoBody>(phone, 'photo'))
      .filter(({ body }) => body.parent[0] === 'round' && body.parent[1] === id)
      .sort((a, b) => (a.body.taken_at < b.body.taken_at ? -1 : 1)),
  );

/** Sheets of the rounds this person has in hand: a list shows how far each is, and no other. */
export const sheetsInHand = () =>
  live({ tables: ['rec', 'local'], kinds: ['round', 'sheet'] }, async (phone) => {
    const rounds = await readKind<RoundBody>(phone, 'round');
    const mine = rounds.filter(
      ({ body }) => body.state === 'open' && body.assignee === phone.person.id,
    );
    const found = await Promise.all(mine.map(({ id }) => readOne<Sheet>(phone, ['sheet', id])));
    return new Map(found.flatMap((one) => (one ? [[one.id, one.body]] : [])));
  });

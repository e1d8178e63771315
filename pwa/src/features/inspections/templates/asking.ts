// What whoever writes checklists does, each as the command that carries it, and what only the server can say.
import { type Answer, type Asking, ask, askFor } from '@/foundation/ask';
import type { TemplateDoc } from '@/foundation/checklists';
import { capture } from '@/foundation/evidence/camera';
import { decode } from '@/foundation/evidence/decode';
import { utf8 } from '@/foundation/ids';
import { about } from '@/foundation/outbox/about';
import { put } from '@/foundation/outbox/put';
import { phone } from '@/foundation/phone';
import { readOne } from '@/foundation/reading';
import type { Commands } from '@/generated/commands';
import { tongue } from '@/parts/words.svelte';
import type { DraftBody, EditionBody, EditionClause, TemplateBody } from '../model';
import { blank, docOf } from './editing';

const toDraft = about('checklists', 'template_draft');
const toTemplate = about('checklists', 'template');
const toEdition = about('checklists', 'standard_edition');

export type Written = Pick<DraftBody, 'code' | 'edition' | 'line' | 'rhythm' | 'begun_from'> & {
  doc: TemplateDoc;
};
export const written = (body: DraftBody): Written => ({
  code: body.code,
  edition: body.edition,
  line: body.line,
  rhythm: body.rhythm,
  begun_from: body.begun_from,
  doc: docOf(body.doc),
});

const keeping = (id: string, draft: Written, base: number, blobs: string[] = []) =>
  toDraft(id, 'keep_draft', draft as never, { base, blobs });

/** A new draft: empty, from a version that is there, or from a file. */
export async function begin(from: Partial<Written> = {}): Promise<string> {
  const id = phone().newId();
  const empty = {
    code: '',
    edition: '',
    line: '',
    rhythm: 'monthly',
    begun_from: null,
    doc: blank(),
  };
  await put(phone(), keeping(id, { ...empty, ...from }, 0));
  return id;
}

export const from = (id: string, { code, line, rhythm, doc }: TemplateBody) =>
  begin({ code, line, rhythm, doc, begun_from: id });

/**
 * A change of what is kept now, whichever tab wrote it last: no tab puts its own picture of the whole over the words
 * of another. Nothing is changed in a draft that is gone.
 */
export function change(id: string, edit: (draft: Written) => Written): Promise<void> {
  return inTurn(id, async (body) => {
    await put(phone(), keeping(id, edit(written(body)), body.rev));
  });
}

/** The picture and the draft that names it become real together. */
export async function addPicture(
  id: string,
  file: Blob,
  edit: (draft: Written, sha256: string) => Written,
): Promise<void> {
  const captured = await capture(
    file,
    { parent: ['template_draft', id], source: 'gallery' },
    decode,
  );
  const { sha256, thumb } = captured.photo;
  const blobs = [sha256, ...(thumb ? [thumb] : [])];
  await inTurn(id, async (body) => {
    await put(phone(), keeping(id, edit(written(body), sha256), body.rev, blobs), [captured]);
  });
}

async function inTurn(id: string, work: (body: DraftBody) => Promise<void>): Promise<void> {
  await navigator.locks.request(`draft ${id}`, async () => {
    const found = await readOne<DraftBody>(phone(), ['template_draft', id]);
    if (found) await work(found.body);
  });
}

export const drop = (id: string) => put(phone(), toDraft(id, 'drop_draft', {}));

/** The version and the end of its draft are one group: refused, the draft is still there. */
export const publish = (id: string, version: string, { begun_from: _, ...draft }: Written) =>
  put(phone(), [
    toTemplate(version, 'publish_template', draft as Commands['checklists.publish_template']),
    toDraft(id, 'drop_draft', {}),
  ]);

export const retire = (version: string, lastDay: string | null) =>
  put(phone(), toTemplate(version, 'retire_template', lastDay ? { last_day: lastDay } : {}));

export async function putInForce(asked: Omit<EditionBody, 'published_at'>): Promise<string> {
  const id = phone().newId();
  await put(phone(), toEdition(id, 'publish_edition', asked as never));
  return id;
}

export const end = (edition: string, lastDay: string) =>
  put(phone(), toEdition(edition, 'end_edition', { effective_to: lastDay }));

export interface Fault {
  where: string;
  field: string;
  code: string;
  en: string;
  zh: string;
}
export interface Judgement {
  faults: Fault[];
  id: string | null;
}
export const judge = (draft: Written): Promise<Answer<Judgement>> =>
  ask({ path: '/v1/console/templates/judge', file: json(draft) });

export interface CellProblem {
  tab?: string;
  row: number;
  column: string;
  code: string;
  facts: Record<string, string | number>;
}
export interface ReadPaper {
  code: string;
  edition: string;
  line: string;
  rhythm: string;
  doc: TemplateDoc | null;
  problems: CellProblem[];
  ignored: string[];
  is_cut: boolean;
}
export interface ReadClauses {
  clauses: EditionClause[];
  problems: CellProblem[];
  ignored: string[];
  is_cut: boolean;
}

/** The draft or version as a workbook, an empty one without it; false when it is not to be had now. */
export const workbook = (draft: Partial<Written>, name: string): Promise<boolean> =>
  download(
    { path: '/v1/console/templates/workbook', query: { language: tongue() }, file: json(draft) },
    name,
  );

export const clausesForm = (): Promise<boolean> =>
  download(
    { path: '/v1/console/standards/form.xlsx', query: { language: tongue() } },
    'clauses.xlsx',
  );

async function download(asking: Asking, name: string): Promise<boolean> {
  const made = await askFor(asking);
  if (!made.ok) return false;
  const { bytes, type } = made.value;
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([bytes as Uint8Array<ArrayBuffer>], { type }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
  return true;
}

const json = (body: object) => ({ bytes: utf8(JSON.stringify(body)), type: 'application/json' });

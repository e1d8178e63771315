// The phone's guess at what a command does, shown until the server has judged it. Pure.
import type { Command, Preview, RecordRules } from '@/foundation/catalogue';
import { type Answer, answerKey, type Finding, preview as written } from '@/foundation/checklists';
import type { Body, Key } from '@/foundation/store/tables';
import type { PhotoBody } from '@/parts/photo';
import type { DraftBody, RoundBody, Sheet, TemplateBody } from './model';

type Args = Record<string, never> & {
  item: string;
  slot?: string;
  value: Answer['value'];
  note?: string;
  finding: string;
  photo: PhotoArgs;
  template: string;
  outlet: string;
  signature?: string;
  purpose: PhotoBody['purpose'];
};
type PhotoArgs = Omit<PhotoBody, 'parent'> & { id: string };

const args = (command: Command): Args => command.args as Args;
const sheetOf = ({ rec }: Command): Key => ['sheet', rec[1]];

const onSheet = (
  change: (sheet: Sheet, asked: Parameters<NonNullable<Preview['apply']>>[1]) => Sheet,
): Pick<Preview, 'touches' | 'apply'> => ({
  touches: (command) => [sheetOf(command)],
  apply: (body, asked) =>
    body ? (change(body as unknown as Sheet, asked) as unknown as Body) : undefined,
});

const setAnswer: Preview = {
  ...onSheet((sheet, asked) => {
    const { item, slot = 'main', value, note = '' } = args(asked);
    const key = answerKey(item, slot);
    const current = sheet.answers[key];
    const answer = written(current, { slot, value, note, by: asked.actor, at: asked.at });
    // The revision stays the server's: it is what the next change has to name as its base.
    return {
      ...sheet,
      answers: { ...sheet.answers, [key]: { ...answer, rev: current?.rev ?? 0 } },
    };
  }),
  register: (command) => answerKey(args(command).item, args(command).slot ?? 'main'),
};

const clearAnswer: Preview = onSheet((sheet, asked) => {
  const { [answerKey(args(asked).item, args(asked).slot ?? 'main')]: _, ...answers } =
    sheet.answers;
  return { ...sheet, answers };
});

const recordFinding: Preview = {
  ...onSheet((sheet, asked) => {
    const { finding, ...rest } = args(asked) as unknown as Finding & { finding: string };
    const known = sheet.findings[finding];
    const blank = { cause: '', measure: '', on_spot: false, before: [], after: [] };
    const words: Finding = Object.assign({ ...blank, by: '', at: '' }, known, rest);
    const by = known?.by ?? asked.actor;
    const at = known?.at ?? asked.at;
    return { ...sheet, findings: { ...sheet.findings, [finding]: { ...words, by, at } } };
  }),
  register: (command) => args(command).finding,
};

const dropFinding: Preview = onSheet((sheet, asked) => {
  const { [args(asked).finding]: _, ...findings } = sheet.findings;
  return { ...sheet, findings };
});

const attach: Preview = {
  touches: (command) => [['photo', args(command).photo.id]],
  apply: (_, asked) => {
    const { photo, item = null, finding = null, purpose } = args(asked);
    const { id: __, ...rest } = photo;
    const body = { ...rest, parent: asked.rec, item, finding, purpose, by: asked.actor };
    return {
      ...body,
      earliest: null,
      latest: null,
      state: 'awaited',
      reason: null,
    } as unknown as Body;
  },
};

const detach: Preview = {
  touches: (command) => [['photo', String((command.args as { photo: string }).photo)]],
  apply: () => null,
};

const EMPTY: Sheet = { template: '', answers: {}, findings: {}, signature: null };

const start: Preview = {
  touches: (command) => [command.rec, sheetOf(command)],
  apply: (body, asked, key) => {
    if (body) return undefined;
    const { template, outlet } = args(asked);
    if (key[0] === 'sheet') return { ...EMPTY, template } as unknown as Body;
    return begun({ template, outlet, by: asked.actor, at: asked.at }) as unknown as Body;
  },
};

function begun(from: { template: string; outlet: string; by: string; at: string }): RoundBody {
  return {
    template: from.template,
    title: { zh: '', en: '' },
    outlet: from.outlet,
    line: '',
    rhythm: 'unscheduled',
    assignee: from.by,
    assigned_by: from.by,
    opens_at: null,
    due_at: null,
    unscheduled: true,
    state: 'open',
    opened_at: from.at,
    submitted_at: null,
    received_at: null,
    progress: { answered: 0, total: 0 },
    score: null,
    findings: 0,
    complete: false,
    verified: false,
    evidence: { expected: 0, accepted: 0, refused: 0, waived: 0, awaited: 0 },
    late: false,
    amendments: [],
  };
}

const onRound = (
  change: (round: RoundBody, at: string, by: string) => Partial<RoundBody>,
): Preview => ({
  apply: (body, asked) => {
    if (!body) return undefined;
    const round = body as unknown as RoundBody;
    return { ...round, ...change(round, asked.at, asked.actor) } as unknown as Body;
  },
});

const planned: Preview = {
  apply: (body, asked) => {
    if (body) return undefined;
    const plan = asked.args as Partial<RoundBody>;
    const { template = '', outlet = '' } = plan;
    const round = begun({ template, outlet, by: asked.actor, at: asked.at });
    const begins = { state: 'assigned', unscheduled: false, opened_at: null };
    return { ...round, ...plan, ...begins } as unknown as Body;
  },
};

const given: Preview = {
  apply: (body, asked) =>
    body && {
      ...body,
      assignee: (asked.args as { assignee: string }).assignee,
      state: 'assigned',
    },
};

const open = onRound((round, at) =>
  round.state === 'assigned' ? { state: 'open', opened_at: round.opened_at ?? at } : {},
);

const submit: Preview = onRound((_, at, by) => ({
  state: 'submitted',
  submitted_at: at,
  submitted_by: by,
  complete: false,
  verified: false,
}));

const amend: Preview = {
  apply: (body, asked) => {
    if (!body) return undefined;
    const round = body as unknown as RoundBody;
    const { item, value, note = '' } = args(asked);
    const reason = String((asked.args as { reason: string }).reason);
    const added = {
      id: asked.id,
      item,
      was: null,
      value,
      note,
      reason,
      by: asked.actor,
      occurred_at: asked.at,
    };
    return { ...round, amendments: [...round.amendments, added] } as unknown as Body;
  },
};

const cancel: Preview = {
  apply: (body, asked) =>
    body && {
      ...body,
      state: 'cancelled',
      reason: String((asked.args as { reason: string }).reason),
    },
};

function roundStands(body: Body, me: string): 'received' | 'verified' | undefined {
  const round = body as unknown as RoundBody;
  if (round.assignee !== me && round.submitted_by !== me) return undefined;
  if (round.state === 'submitted') return round.verified ? 'verified' : 'received';
  return round.state === 'open' ? 'received' : undefined;
}

const kept: Preview = {
  apply: (body, asked) => {
    const before = body as Partial<DraftBody> | undefined;
    // The revision stays the server's: it is what the next change has to name as its base.
    const mark = { copy_of: before?.copy_of ?? null, at: asked.at, rev: before?.rev ?? 0 };
    return { ...asked.args, ...mark } as unknown as Body;
  },
  register: () => 'doc',
};

const published: Preview = {
  apply: (body, asked) => {
    if (body) return undefined;
    const { doc } = asked.args as { doc: TemplateBody['doc'] };
    return { ...asked.args, title: doc.title, published_at: asked.at, retired_at: null } as Body;
  },
};

const retired: Preview = {
  apply: (body, asked) => {
    const { last_day } = asked.args as { last_day?: string | null };
    return body && { ...body, retired_at: last_day ? endOf(last_day) : asked.at };
  },
};

/** The moment at which this day is over in China, as the server counts it. */
const endOf = (day: string): string =>
  new Date(Date.parse(`${day}T00:00:00+08:00`) + DAY_MS).toISOString();
const DAY_MS = 86_400_000;

const putInForce: Preview = {
  apply: (body, asked) =>
    body ? undefined : ({ effective_to: null, ...asked.args, published_at: asked.at } as Body),
};

const ended: Preview = {
  apply: (body, asked) => body && { ...body, ...asked.args },
};

/** Reference pictures of every checklist on the phone, before the signal goes. */
export const references = (body: Body) =>
  (body as unknown as TemplateBody).doc.sections
    .flatMap((section) => section.items)
    .flatMap((item) => item.reference)
    .map((sha256) => ({ sha256, size: 320 as const }));

export const rules: RecordRules = {
  previews: {
    'inspections.start': start,
    'inspections.open': open,
    'inspections.set_answer': setAnswer,
    'inspections.clear_answer': clearAnswer,
    'inspections.attach': attach,
    'inspections.detach': detach,
    'inspections.record_finding': recordFinding,
    'inspections.drop_finding': dropFinding,
    'inspections.submit': submit,
    'inspections.amend': amend,
    'inspections.assign': planned,
    'inspections.reassign': given,
    'inspections.cancel': cancel,
    'checklists.keep_draft': kept,
    'checklists.drop_draft': { apply: () => null },
    'checklists.publish_template': published,
    'checklists.retire_template': retired,
    'checklists.publish_edition': putInForce,
    'checklists.end_edition': ended,
  },
  standings: { round: roundStands },
  downloads: { template: references },
};

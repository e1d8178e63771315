// What a case will probably look like once the server has taken the command: shown at once, and
// replaced by the truth when it arrives. Pure; never decides whether something is allowed.
import type { Asked, Preview, RecordRules, Wanted } from '@/foundation/catalogue';
import type { Body } from '@/foundation/store/tables';
import { type Case, type CaseEvent, caseOf, type Photo, type State } from './model';

type Change = (one: Case, asked: Asked) => Partial<Case>;

const event = (type: string, asked: Asked, more: Partial<CaseEvent> = {}): CaseEvent => ({
  id: asked.id,
  type,
  by: asked.actor,
  occurred_at: asked.at,
  received_at: '',
  note: text(asked.args.note ?? asked.args.reason),
  photos: [],
  points: [],
  to: null,
  ...more,
});

const text = (value: unknown): string => (typeof value === 'string' ? value : '');

function changing(
  type: string,
  change: Change,
  more?: (asked: Asked) => Partial<CaseEvent>,
): Preview {
  return {
    apply(body, asked) {
      if (!body) return undefined;
      const one = caseOf(body);
      const events = [...one.events, event(type, asked, more?.(asked))];
      return { ...body, ...change(one, asked), events } as Body;
    },
  };
}

const to = (state: State, more: (asked: Asked) => Partial<Case> = () => ({})): Change => {
  return (_, asked) => ({ state, ...more(asked) });
};

const photoId = (asked: Asked): string => (asked.args.photo as { id: string }).id;

const attach: Preview = {
  touches: (command) => [command.rec, ['photo', (command.args.photo as { id: string }).id]],
  apply(body, asked, key) {
    if (key[0] === 'photo') return { ...photoBody(asked) } as unknown as Body;
    if (!body) return undefined;
    return { ...body, after: [...caseOf(body).after, photoId(asked)] } as unknown as Body;
  },
};

function photoBody(asked: Asked): Photo & Body {
  const photo = asked.args.photo as unknown as Photo & Body;
  return {
    ...photo,
    parent: asked.rec,
    item: null,
    finding: null,
    purpose: 'after',
    by: asked.actor,
    earliest: null,
    latest: asked.at,
    state: 'awaited',
    reason: null,
  } as Photo & Body;
}

const detach: Preview = {
  touches: (command) => [command.rec, ['photo', String(command.args.photo)]],
  apply(body, asked, key) {
    if (key[0] === 'photo') return null;
    if (!body) return undefined;
    const after = caseOf(body).after.filter((id) => id !== asked.args.photo);
    return { ...body, after } as Body;
  },
};

const previews: Record<string, Preview> = {
  'rectifications.assign': changing(
    'assigned',
    to('assigned', (asked) => ({ owner: text(asked.args.owner), handover: null })),
    (asked) => ({ to: text(asked.args.owner) }),
  ),
  'rectifications.accept': changing('accepted', (_, asked) => ({
    state: 'accepted',
    owner: asked.actor,
  })),
  'rectifications.decline': changing(
    'declined',
    to('open', () => ({ owner: null })),
  ),
  'rectifications.attach': attach,
  'rectifications.detach': detach,
  'rectifications.report': changing('reported', (one, asked) => ({
    state: 'reported',
    fixed_by: asked.actor,
    reported_at: asked.at,
    measure: text(asked.args.measure) || one.measure,
    handover: null,
  })),
  'rectifications.request_extension': changing('extension_requested', (_, asked) => ({
    extension: {
      until: text(asked.args.until),
      reason: text(asked.args.reason),
      by: asked.actor,
      answer: 'asked',
    },
  })),
  'rectifications.extend': changing('extended', (one) => ({
    extension: one.extension && { ...one.extension, answer: 'granted' },
  })),
  'rectifications.refuse_extension': changing('extension_refused', (one) => ({
    extension: one.extension && { ...one.extension, answer: 'refused' },
  })),
  'rectifications.approve': changing(
    'approved',
    to('closed', (asked) => ({ closed_at: asked.at })),
  ),
  'rectifications.return': changing('returned', to('returned'), (asked) => ({
    points: asked.args.points as CaseEvent['points'],
  })),
  'rectifications.reopen': changing(
    'reopened',
    to('open', () => ({ owner: null, closed_at: null })),
  ),
  'rectifications.cancel': changing(
    'cancelled',
    to('cancelled', () => ({ handover: null })),
  ),
  'rectifications.hand_over': changing('handed_over', (_, asked) => ({
    handover: {
      to_unit: text(asked.args.to_unit),
      to_person: (asked.args.to_person as string) ?? null,
      reason: text(asked.args.reason),
      by: asked.actor,
    },
  })),
  'rectifications.take_over': changing('taken_over', (one, asked) => ({
    state: 'accepted',
    owner: asked.actor,
    dept: one.handover?.to_unit ?? one.dept,
    handover: null,
  })),
  'rectifications.decline_over': changing('over_declined', () => ({ handover: null })),
};

/** What a person did counts as verified once the server has it; a fix, once its photos were judged
 * whole, which closing demands. */
function standing(one: Case, me: string): 'received' | 'verified' | undefined {
  if (!one.events.some((event) => event.by === me)) return undefined;
  const waits = one.fixed_by === me && one.after.length > 0 && one.state === 'reported';
  return waits ? 'received' : 'verified';
}

const COMPARED = new Set(['finding', 'before', 'after']);
const FRESH_MS = 14 * 86_400_000;

/** Both pictures of a case, so that it opens in a basement; whole ones for what is fresh. */
function pictures(body: Body): Wanted[] {
  const photo = body as unknown as Photo;
  if (photo.state !== 'accepted' || !COMPARED.has(photo.purpose)) return [];
  const small: Wanted = { sha256: photo.sha256, size: 320 };
  const fresh = Date.now() - Date.parse(photo.taken_at) < FRESH_MS;
  return fresh ? [small, { sha256: photo.sha256, size: 1280 }] : [small];
}

export const rules: RecordRules = {
  previews,
  standings: { rectification: (body, me) => standing(caseOf(body), me) },
  downloads: { photo: pictures },
};

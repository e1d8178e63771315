// What a visit will probably look like once the server has taken the command: shown at once, and
// replaced by the truth when it arrives. Pure; never decides whether something is allowed.
import type { Asked, Preview, RecordRules, Wanted } from '@/foundation/catalogue';
import type { Position } from '@/foundation/evidence/position';
import type { Body, Key } from '@/foundation/store/tables';
import type { PhotoBody } from '@/parts/photo';
import type { ConsentBody } from './consents';
import type { AuthorisationBody, Observed, PersonBody, RouteBody, VisitBody } from './model';
import { answered, attach, detach, photoOf, toldOf } from './previewAnswers';
import { blankVisit, personOf } from './previewBlank';

const visitOf = ({ rec }: { rec: Key }): string => rec[1].split('.')[0] ?? rec[1];

/** A command about the visit itself: what it changes, and the line it adds to the history. */
function changing(
  type: string,
  change: (visit: VisitBody, asked: Asked) => Partial<VisitBody>,
): Preview {
  return {
    touches: (command) => [['visit', visitOf(command)]],
    apply(body, asked) {
      if (!body) return undefined;
      const visit = body as unknown as VisitBody;
      return { ...toldOf(body, asked, type), ...change(visit, asked) } as Body;
    },
  };
}

const args = <T>(asked: Asked): T => asked.args as T;
const told = (asked: Asked) => ({ ...args<object>(asked), person: asked.actor, at: asked.at });

const request: Preview = {
  touches: (command) => [
    ['visit', visitOf(command)],
    ['visit_person', visitOf(command)],
  ],
  apply: (body, asked, key) => {
    if (body) return undefined;
    return (key[0] === 'visit' ? blankVisit(asked) : personOf(asked)) as unknown as Body;
  },
};

const signIn = changing('signed_in', (visit, asked) => {
  const { person = asked.actor, pin } = args<{ person?: string; pin?: string }>(asked);
  if (visit.presences.some((one) => one.person === person)) return { state: 'under_way' };
  const presence = {
    person,
    how: pin ? ('pin' as const) : ('own_device' as const),
    at: asked.at,
    occurred_at: asked.at,
    received_at: '',
  };
  return { state: 'under_way', presences: [...visit.presences, presence] };
});

const locate: Preview = {
  apply(body, asked) {
    if (!body) return undefined;
    const { person = asked.actor, geo } = args<{ person?: string; geo: Position }>(asked);
    const others = (body as unknown as PersonBody).places.filter((one) => one.person !== person);
    return { ...body, places: [...others, { person, geo }] };
  },
};

const remark: Preview = {
  apply(body, asked) {
    if (!body) return undefined;
    const { remarks } = body as unknown as PersonBody;
    const made = { id: asked.id, ...args<object>(asked), by: asked.actor, at: asked.at };
    return { ...body, remarks: [...remarks, made] };
  },
};

const sign: Preview = {
  touches: (command) => [
    ['visit', visitOf(command)],
    ['photo', (command.args.photo as { id: string }).id],
  ],
  apply: (body, asked, key) =>
    key[0] === 'photo' ? photoOf(asked) : toldOf(body, asked, 'signed'),
};

const consent: Preview = {
  touches: (command) => [
    ['visit', visitOf(command)],
    ['consent', (command.args.consent as { id: string }).id],
  ],
  apply(body, asked, key) {
    if (key[0] === 'consent') return consentOf(asked) as unknown as Body;
    return toldOf(body, asked, 'consented');
  },
};

function consentOf(asked: Asked): Omit<ConsentBody, 'outlet' | 'line'> {
  const { consent: giving, minor = false } = args<{
    consent: Omit<ConsentBody, 'answers'> & { answers: { purpose: string; given: boolean }[] };
    minor?: boolean;
  }>(asked);
  const open = {
    withdrawn_at: null,
    channel: null,
    asked_by: null,
    action: null,
    erase_by: null,
  };
  return {
    parent: ['visit', visitOf(asked)],
    notice: giving.notice,
    late_notice: false,
    principal: giving.principal,
    minor,
    answers: giving.answers.map((answer) => ({ ...answer, ...open })),
    how: giving.how,
    photo: giving.photo ?? null,
    witness: giving.witness ?? null,
    staff: giving.staff,
    by: asked.actor,
    given_at: asked.at,
    received_at: '',
    valid_until: giving.valid_until ?? null,
  };
}

const withdraw: Preview = {
  apply(body, asked) {
    if (!body) return undefined;
    const { purposes, channel, asked_by } = args<{
      purposes?: string[];
      channel: string;
      asked_by: string;
    }>(asked);
    const answers = (body as unknown as ConsentBody).answers.map((one) => {
      const named = one.given && !one.withdrawn_at && (!purposes || purposes.includes(one.purpose));
      return named ? { ...one, withdrawn_at: asked.at, channel, asked_by } : one;
    });
    return { ...body, answers };
  },
};

const handOver = changing('handed_over', (visit, asked) => ({
  hand_overs: [
    ...visit.hand_overs,
    { ...args<VisitBody['hand_overs'][number]>(asked), by: asked.actor },
  ],
}));

const used: Preview = {
  apply(body, asked) {
    if (!body) return undefined;
    const one = body as unknown as AuthorisationBody;
    const made = { id: asked.id, ...args<{ business: string; reference: string }>(asked) };
    const use = { ...made, by: asked.actor, occurred_at: asked.at, received_at: '' };
    const state = one.scope === 'once' ? 'used' : one.state;
    return { ...body, state, uses: [...one.uses, use] };
  },
};

const revoked: Preview = {
  apply(body, asked) {
    if (!body) return undefined;
    const { reason } = args<{ reason: string }>(asked);
    return { ...body, state: 'revoked', revoked: { by: asked.actor, reason, at: asked.at } };
  },
};

const reorder: Preview = {
  apply: (_, asked) => {
    const [person = '', day = ''] = asked.rec[1].split('.');
    const route: RouteBody = { person, day, order: args<{ order: string[] }>(asked).order };
    return route as unknown as Body;
  },
  register: () => 'order',
};

const previews: Record<string, Preview> = {
  'visits.request': request,
  'visits.schedule': changing('scheduled', (_, asked) => ({
    ...args<object>(asked),
    state: 'scheduled',
    scheduled_by: asked.actor,
  })),
  'visits.reorder': reorder,
  'visits.postpone': changing('postponed', (visit, asked) => ({
    state: 'postponed',
    delays: [...visit.delays, { day: null, ...told(asked) } as never],
  })),
  'visits.decline': changing('declined', (_, asked) => ({
    state: 'declined',
    refusal: told(asked) as never,
  })),
  'visits.cancel': changing('cancelled', (_, asked) => ({
    state: 'cancelled',
    cancelled: told(asked) as never,
  })),
  'visits.remark': remark,
  'visits.sign_in': signIn,
  'visits.locate': locate,
  'visits.sign': sign,
  'visits.consent': consent,
  'visits.sight': answered('sight', (answer, asked, by) => {
    const { of, document } = args<{ of: 'principal'; document: { kind: string } }>(asked);
    const others = answer.sightings.filter((one) => one.of !== of || one.document.by !== by.by);
    const seen = { last_four: null, matches: false, ...document, ...by };
    return { sightings: [...others, { of, document: seen }] };
  }),
  'visits.note_agent': answered('note_agent', (_, asked, by) => ({
    agent: { ...args<{ present: boolean; relationship: string }>(asked), ...by },
  })),
  'visits.observe': answered('observe', (answer, asked, by) => {
    const others = answer.observed.filter((one) => one.by !== by.by);
    const { note = '', ...seen } = args<Omit<Observed, 'by' | 'at'>>(asked);
    return { observed: [...others, { note, ...seen, ...by }] };
  }),
  'visits.record_intention': answered('record_intention', (answer, asked, by) => {
    const others = answer.intention.filter((one) => one.by !== by.by);
    return { intention: [...others, { words: args<{ words: string }>(asked).words, ...by }] };
  }),
  'visits.note_recording': answered('note_recording', (_, asked, by) => ({
    recording: { ...args<{ recorder: string; number: string }>(asked), ...by },
  })),
  'visits.attach': attach,
  'visits.detach': detach,
  'visits.authorise': changing('authority_named', (_, asked) => ({
    authority: args<VisitBody['authority'] & object>(asked),
  })),
  'visits.guide': changing('guided', (_, asked) => ({
    guidance: args<VisitBody['guidance'] & object>(asked),
  })),
  'visits.hand_over': handOver,
  'visits.submit': changing('submitted', (_, asked) => ({
    state: 'submitted',
    submitted_by: asked.actor,
    submitted_at: asked.at,
  })),
  'visits.accept': changing('accepted', (_, asked) => ({
    state: 'accepted',
    reviewed_by: asked.actor,
    decided_at: asked.at,
  })),
  'visits.return': changing('returned', (visit, asked) => ({
    state: 'returned',
    returns: [
      ...visit.returns,
      { by: asked.actor, at: asked.at, points: args<{ points: string[] }>(asked).points },
    ],
  })),
  'visits.use': used,
  'visits.revoke': revoked,
  'privacy.withdraw': withdraw,
};

/** What a person did counts as verified once the server has it; a submitted visit, once its pictures were judged whole. */
function standing(visit: VisitBody, me: string): 'received' | 'verified' | undefined {
  if (!visit.events.some(({ by }) => by === me)) return undefined;
  return visit.submitted_by === me && visit.state === 'submitted' && !visit.complete
    ? 'received'
    : 'verified';
}

/** The pictures of a visit in hand, so that it can be looked at and reviewed without a signal. */
function pictures(body: Body): Wanted[] {
  const photo = body as unknown as PhotoBody;
  if (photo.parent[0] !== 'visit' || photo.state !== 'accepted') return [];
  return [
    { sha256: photo.sha256, size: 320 },
    { sha256: photo.sha256, size: 1280 },
  ];
}

export const rules: RecordRules = {
  previews,
  standings: { visit: (body, me) => standing(body as unknown as VisitBody, me) },
  downloads: { photo: pictures },
};

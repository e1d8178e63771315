// What an event will probably look like once the server has taken the command: shown at once, and replaced by the
// truth when it arrives. Pure; never decides whether something is allowed.
import type { Asked, Preview, RecordRules } from '@/foundation/catalogue';
import type { Act, CheckInBody, EventBody, State } from './model';
import {
  args,
  attach,
  body,
  checkIn,
  detach,
  eventOf,
  followUp,
  roster,
  taken,
} from './previewParts';

type Change = (event: EventBody, asked: Asked) => Partial<EventBody>;

const act = (type: string, asked: Asked, more: Partial<Act> = {}): Act => ({
  id: asked.id,
  type,
  by: asked.actor,
  occurred_at: asked.at,
  received_at: '',
  note: String(asked.args.note ?? asked.args.reason ?? ''),
  points: [],
  ...more,
});

const changing = (change: Change): Preview => ({
  apply: (known, asked) => known && body({ ...known, ...change(eventOf(known), asked) }),
});

/** A step of the process, told in the event's own list. */
const moving = (type: string, state: State | null, change: Change = () => ({})): Preview =>
  changing((event, asked) => {
    const points = (asked.args.points ?? []) as Act['points'];
    return {
      ...(state ? { state } : {}),
      ...change(event, asked),
      acts: [...event.acts, act(type, asked, { points })],
    };
  });

const NOBODY = { persons: 0, guests: 0, staff: 0, walk_ins: 0, sightings: 0, late: 0, voided: 0 };

function planned(asked: Asked): EventBody {
  const { day, festival, until_day, goals, materials, ...rest } = args<'plan'>(asked);
  return {
    topics: [],
    budget: '',
    minor_safe: false,
    ...rest,
    // The day of a festival comes from the server: no phone counts the moon.
    day: day ?? '',
    festival: festival ?? null,
    until_day: until_day ?? null,
    goals: { people: 0, follow_ups: 0, other: '', ...goals },
    materials: (materials ?? []).map((one) => ({
      ...one,
      restocked: 0,
      handed: 0,
      handed_late: 0,
      left: one.n,
      counted: null,
    })),
    planned_by: asked.actor,
    state: 'draft',
    approver: null,
    approved_by: null,
    opened_at: null,
    closed_at: null,
    reason: '',
    counts: NOBODY,
    judged: [],
    photos: [],
    questions: [],
    contacts: { asked: 0, reached: 0, not_reached: 0, not_wanted: 0, ended: 0 },
    result: null,
    acts: [act('planned', asked)],
    tallies: {},
    tallies_late: {},
    content_digest: '',
  };
}

const summed = ({ tallies }: EventBody, counter: string, n: number) => ({
  tallies: { ...tallies, [counter]: (tallies[counter] ?? 0) + n },
});

const stocked = (
  event: EventBody,
  key: string,
  n: number,
  under: 'handed' | 'restocked',
): Partial<EventBody> => ({
  materials: event.materials.map((one) =>
    one.key === key
      ? { ...one, [under]: one[under] + n, left: one.left + (under === 'handed' ? -n : n) }
      : one,
  ),
});

const previews: Record<string, Preview> = {
  'events.plan': { apply: (known, asked) => known ?? body(planned(asked)) },
  'events.revise': changing((event, asked) => {
    const { acts, judged, photos, questions } = event;
    return {
      ...planned(asked),
      day: args<'revise'>(asked).day ?? event.day,
      planned_by: event.planned_by,
      acts,
      judged,
      photos,
      questions,
    };
  }),
  'events.propose': moving('proposed', 'proposed'),
  'events.approve': moving('approved', 'approved', (_, asked) => ({ approved_by: asked.actor })),
  'events.return': moving('returned', null, (event) =>
    event.result ? { result: { ...event.result, state: 'returned' } } : { state: 'draft' },
  ),
  'events.cancel': moving('cancelled', 'cancelled', (_, asked) => ({
    reason: String(asked.args.reason),
  })),
  'events.assign_staff': changing((_, asked) => ({ staff: args<'assign_staff'>(asked).staff })),
  'events.open': moving('opened', 'open', (_, asked) => ({ opened_at: asked.at })),
  'events.close': moving('closed', 'closed', (_, asked) => ({ closed_at: asked.at })),
  'events.reopen': moving('reopened', 'open', () => ({ closed_at: null })),
  'events.conclude': moving('concluded', null, (_, asked) => {
    const { cost = '', lessons = '', topics = [], photos = [] } = args<'conclude'>(asked);
    const told = { by: asked.actor, at: asked.at, cost, lessons, topics, photos };
    return { result: { ...told, state: 'handed_in' } };
  }),
  'events.accept_result': moving('accepted', 'reported', ({ result }) => ({
    result: result && { ...result, state: 'accepted' },
  })),
  'events.check_in': checkIn,
  'events.void': taken,
  'events.judge_duplicate': changing((event, asked) => {
    const { a, b, same } = args<'judge_duplicate'>(asked);
    return { judged: [...event.judged, { a, b, same, by: asked.actor, at: asked.at }] };
  }),
  'events.tally': changing((event, asked) =>
    summed(event, args<'tally'>(asked).counter, args<'tally'>(asked).n),
  ),
  'events.hand_out': changing((event, asked) =>
    stocked(event, args<'hand_out'>(asked).material, args<'hand_out'>(asked).n, 'handed'),
  ),
  'events.restock': changing((event, asked) =>
    stocked(event, args<'restock'>(asked).material, args<'restock'>(asked).n, 'restocked'),
  ),
  'events.count_stock': changing(({ materials }, asked) => {
    const { material, counted } = args<'count_stock'>(asked);
    const told = { n: counted, by: asked.actor, at: asked.at };
    return {
      materials: materials.map((one) =>
        one.key === material ? { ...one, counted: { ...told, expected: one.left } } : one,
      ),
    };
  }),
  'events.ask': changing((event, asked) => {
    const { id, text, topic = '' } = args<'ask'>(asked);
    return { questions: [...event.questions, { id, text, topic, by: asked.actor, at: asked.at }] };
  }),
  'events.attach': attach,
  'events.detach': detach,
  'events.follow_up': followUp,
  'events.done_follow_up': { apply: () => null },
  'events.invite': roster((part, asked) => ({
    ...part,
    entries: [...part.entries, ...args<'invite'>(asked).entries],
  })),
  'events.uninvite': roster((part, asked) => ({
    ...part,
    entries: part.entries.filter(({ id }) => !args<'uninvite'>(asked).entries.includes(id)),
  })),
};

/** What a person did is verified once the server has it; there is nothing more to look at. */
const standing = (by: string | undefined, me: string) => (by === me ? 'verified' : undefined);

export const rules: RecordRules = {
  previews,
  standings: {
    check_in: (known, me) => standing((known as unknown as CheckInBody).by, me),
    event: (known, me) => standing(eventOf(known).planned_by, me),
  },
};

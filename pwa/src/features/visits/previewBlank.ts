// Records that a phone makes before the server has seen them.
import type { Asked } from '@/foundation/catalogue';
import type { Commands } from '@/generated/commands';
import type { PersonBody, VisitBody, VisitEvent } from './model';

export const eventOf = (type: string, asked: Asked): VisitEvent => ({
  id: asked.id,
  type,
  by: asked.actor,
  occurred_at: asked.at,
  received_at: '',
  what: null,
});

type Request = Commands['visits.request'];

export function blankVisit(asked: Asked): VisitBody {
  const { person: _, why: __, ...request } = asked.args as unknown as Request;
  return {
    ...request,
    state: 'requested',
    requested_by: asked.actor,
    requested_at: asked.at,
    staff: [],
    scheduled_by: null,
    presences: [],
    authority: null,
    guidance: null,
    hand_overs: [],
    delays: [],
    refusal: null,
    cancelled: null,
    submitted_by: null,
    submitted_at: null,
    reviewed_by: null,
    decided_at: null,
    returns: [],
    events: [eventOf('requested', asked)],
    forgotten: [],
    authorisation: null,
    evidence: { expected: 0, accepted: 0, refused: 0, waived: 0, awaited: 0 },
    complete: false,
    content_digest: '',
  };
}

export function personOf(asked: Asked): PersonBody {
  const { outlet, line, why, person } = asked.args as unknown as Request;
  const { phone = null, agent, ...told } = person;
  return {
    ...told,
    why,
    phone,
    agent: agent ? { phone: null, ...agent } : null,
    visit: asked.rec[1],
    outlet,
    line,
    remarks: [],
    places: [],
    pins: {},
    sealed: false,
  } as PersonBody;
}

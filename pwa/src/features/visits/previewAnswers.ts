// Answers of a visit, each purpose a record of its own that may not be there before the first word.
import type { Asked, Preview } from '@/foundation/catalogue';
import type { Body, Key } from '@/foundation/store/tables';
import type { AnswerBody, Aspect, VisitBody } from './model';
import { eventOf } from './previewBlank';

interface By {
  by: string;
  at: string;
}

/** An answer adds a line to the visit as well, and what was returned is under way again. */
export function answered(
  type: string,
  change: (answer: AnswerBody, asked: Asked, by: By) => Partial<AnswerBody>,
): Preview {
  return {
    touches: (command) => [command.rec, ['visit', visitOf(command.rec)]],
    apply(body, asked, key) {
      if (key[0] === 'visit') return toldOf(body, asked, type);
      const answer = (body as unknown as AnswerBody | undefined) ?? blankAnswer(asked);
      const by = { by: asked.actor, at: asked.at };
      return { ...answer, ...change(answer, asked, by) } as unknown as Body;
    },
  };
}

const visitOf = ([, id]: Key): string => id.split('.')[0] ?? id;

export function toldOf(body: Body | undefined, asked: Asked, type: string): Body | undefined {
  if (!body) return undefined;
  const visit = body as unknown as VisitBody;
  const state = visit.state === 'returned' ? 'under_way' : visit.state;
  return { ...body, state, events: [...visit.events, eventOf(type, asked)] };
}

function blankAnswer({ rec }: Asked): AnswerBody {
  const [visit = '', aspect = ''] = rec[1].split('.');
  return {
    visit,
    aspect: aspect as Aspect,
    sealed: false,
    sightings: [],
    agent: null,
    observed: [],
    intention: [],
    recording: null,
    photos: [],
    late: [],
  };
}

const photoId = (asked: { args: Body }): string => (asked.args.photo as { id: string }).id;

export const attach: Preview = {
  touches: (command) => [command.rec, ['photo', photoId(command)], ['visit', visitOf(command.rec)]],
  apply(body, asked, key) {
    if (key[0] === 'photo') return photoOf(asked);
    if (key[0] === 'visit') return toldOf(body, asked, 'attached');
    const answer = (body as unknown as AnswerBody | undefined) ?? blankAnswer(asked);
    return { ...answer, photos: [...answer.photos, photoId(asked)] } as unknown as Body;
  },
};

export function photoOf(asked: Asked): Body {
  const { id: _, ...photo } = asked.args.photo as Body;
  return {
    ...photo,
    parent: ['visit', visitOf(asked.rec)],
    item: null,
    finding: null,
    purpose: asked.op === 'visits.sign' ? 'signature' : 'answer',
    by: asked.actor,
    earliest: null,
    latest: asked.at,
    state: 'awaited',
    reason: null,
  };
}

export const detach: Preview = {
  touches: (command) => [command.rec, ['photo', String(command.args.photo)]],
  apply(body, asked, key) {
    if (key[0] === 'photo') return null;
    if (!body) return undefined;
    const photos = (body as unknown as AnswerBody).photos.filter((id) => id !== asked.args.photo);
    return { ...body, photos } as Body;
  },
};

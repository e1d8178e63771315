// How a person stands to a purpose, as far as this phone knows: what was answered last counts, and
// only `given` allows anything. The server decides again.
export interface AnswerBody {
  purpose: string;
  given: boolean;
  withdrawn_at: string | null;
  channel: string | null;
  asked_by: string | null;
  action: 'erase' | 'seal' | null;
  erase_by: string | null;
}
export interface ConsentBody {
  parent: [kind: string, id: string];
  outlet: string;
  line: string | null;
  notice: string;
  late_notice: boolean;
  principal: 'person' | 'guardian';
  minor: boolean;
  answers: AnswerBody[];
  how: 'signature' | 'thumbprint' | 'spoken';
  photo: string | null;
  witness: string | null;
  staff: string[];
  by: string;
  given_at: string;
  /** empty until the server has it */
  received_at: string;
  valid_until: string | null;
}
export type Stand = 'given' | 'refused' | 'withdrawn' | 'expired' | 'missing';
export interface Standing {
  state: Stand;
  since: string | null;
  /** until when what was kept under it has to be gone */
  eraseBy: string | null;
}
const NONE: Standing = { state: 'missing', since: null, eraseBy: null };

// What this phone has not sent yet was answered after all that it received, whatever its clock shows.
const place = (one: ConsentBody): string => `${one.received_at ? 0 : 1} ${one.given_at}`;
const inOrder = (a: ConsentBody, b: ConsentBody): number => (place(a) < place(b) ? -1 : 1);

/** What was answered last, whatever it was about. */
export const lastOf = (consents: readonly ConsentBody[]): ConsentBody | undefined =>
  [...consents].sort(inOrder).at(-1);

export function standingTo(
  consents: readonly ConsentBody[],
  purpose: string,
  now: string,
): Standing {
  let found = NONE;
  for (const one of [...consents].sort(inOrder))
    for (const answer of one.answers)
      if (answer.purpose === purpose) found = standingIn(one, answer, now);
  return found;
}

function standingIn(one: ConsentBody, answer: AnswerBody, now: string): Standing {
  const since = one.given_at;
  if (!answer.given) return { state: 'refused', since, eraseBy: null };
  if (answer.withdrawn_at)
    return { state: 'withdrawn', since: answer.withdrawn_at, eraseBy: answer.erase_by };
  if (one.valid_until && one.valid_until <= now)
    return { state: 'expired', since: one.valid_until, eraseBy: null };
  return { state: 'given', since, eraseBy: null };
}

/** Those of the purposes that may be used now. */
export const allowed = (
  consents: readonly ConsentBody[],
  purposes: readonly string[],
  now: string,
): string[] => purposes.filter((one) => standingTo(consents, one, now).state === 'given');

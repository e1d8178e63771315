// Questions only the server can answer: history, search, counts, documents, files to be read. A port: sync answers
// it, screens ask and each has an offline state. Approvals never go this way.

export type Asking = {
  path: string;
  query?: Record<string, string>;
  /** Sent along as it is: a file to be read, of which nothing is kept before a person has seen what was found; or
   * what the server notes down before it answers. */
  file?: { bytes: Uint8Array; type: string };
};

/** What the server made: a page, a workbook, a picture. */
export type Made = { bytes: Uint8Array; type: string };

export type Answer<T> =
  | { ok: true; value: T; at: number }
  | {
      ok: false;
      why: 'offline' | 'auth_needed' | 'refused';
      code: string | null;
      /** what the refusal is about: names, days, seconds */
      facts?: Record<string, unknown>;
    };

export type Asker = {
  told<T>(asking: Asking): Promise<Answer<T>>;
  made(asking: Asking): Promise<Answer<Made>>;
};

const away = { ok: false, why: 'offline', code: null } as const;
const nobody: Asker = { told: async () => away, made: async () => away };

let asker: Asker = nobody;

export function answerWith(next: Asker | null): void {
  asker = next ?? nobody;
}

export const ask = <T>(asking: Asking): Promise<Answer<T>> => asker.told<T>(asking);

/** A document or a picture. What comes is a file for a person and never taken for an answer about records. */
export const askFor = (asking: Asking): Promise<Answer<Made>> => asker.made(asking);

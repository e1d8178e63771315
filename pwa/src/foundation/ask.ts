// Questions only the server can answer: history, search, counts, exports. A port: sync answers it,
// screens ask and each has an offline state. Approvals never go this way.

export type Asking = { path: string; query?: Record<string, string> };

export type Answer<T> =
  | { ok: true; value: T; at: number }
  | { ok: false; why: 'offline' | 'auth_needed' | 'refused'; code: string | null };

type Asker = <T>(asking: Asking) => Promise<Answer<T>>;

const nobody: Asker = async () => ({ ok: false, why: 'offline', code: null });

let asker: Asker = nobody;

export function answerWith(next: Asker | null): void {
  asker = next ?? nobody;
}

export const ask = <T>(asking: Asking): Promise<Answer<T>> => asker<T>(asking);

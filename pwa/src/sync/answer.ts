// Questions of screens to the server (foundation/ask). Never anything a person is waiting to have
// kept: only reading, and an honest reason when it cannot be had.

import type { Answer, Asking } from '@/foundation/ask';
import { type Line, parsed, Refused } from '@/sync/line';

export const answerOver =
  (line: () => Line | null) =>
  async <T>({ path, query }: Asking): Promise<Answer<T>> => {
    const open = line();
    if (!open) return { ok: false, why: 'auth_needed', code: null };
    try {
      const search = query ? `?${new URLSearchParams(query)}` : '';
      const answer = await open.send({ method: 'GET', path: `${path}${search}`, headers: {} });
      const value = parsed(answer);
      if (value === null) return { ok: false, why: 'offline', code: null };
      return { ok: true, value: value as T, at: open.phone.now() };
    } catch (error) {
      if (!(error instanceof Refused)) return { ok: false, why: 'offline', code: null };
      if (error.status === 401) return { ok: false, why: 'auth_needed', code: error.code };
      const refused = error.code !== null && error.status < 500;
      return { ok: false, why: refused ? 'refused' : 'offline', code: error.code };
    }
  };

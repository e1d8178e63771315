// Questions of screens to the server (foundation/ask). Never anything a person is waiting to have
// kept: only reading, and an honest reason when it cannot be had.

import type { Answer, Asker, Asking, Made } from '@/foundation/ask';
import type { NetworkAnswer } from '@/foundation/ports';
import { type Line, parsed, Refused } from '@/sync/line';

/** What our documents and pictures are. A login page of a hotel is none of them. */
const MADE =
  /^(application\/(pdf|octet-stream)|application\/vnd\.openxmlformats[\w.-]+|text\/csv|image\/(jpeg|png|webp))(;|$)/;

export const answerOver = (line: () => Line | null): Asker => ({
  told: <T>(asking: Asking) => answered(line(), asking, (answer) => parsed(answer) as T | null),
  made: (asking) => answered(line(), asking, madeOf),
});

function madeOf(answer: NetworkAnswer): Made | null {
  const type = answer.header('Content-Type') ?? '';
  return MADE.test(type) ? { bytes: answer.bytes, type } : null;
}

async function answered<T>(
  open: Line | null,
  asking: Asking,
  read: (answer: NetworkAnswer) => T | null,
): Promise<Answer<T>> {
  if (!open) return { ok: false, why: 'auth_needed', code: null };
  try {
    const value = read(await open.send(requestOf(asking)));
    if (value === null) return { ok: false, why: 'offline', code: null };
    return { ok: true, value, at: open.phone.now() };
  } catch (error) {
    if (!(error instanceof Refused)) return { ok: false, why: 'offline', code: null };
    if (error.status === 401) return { ok: false, why: 'auth_needed', code: error.code };
    const refused = error.code !== null && error.status < 500;
    return {
      ok: false,
      why: refused ? 'refused' : 'offline',
      code: error.code,
      facts: error.facts,
    };
  }
}

function requestOf({ path, query, file }: Asking): Parameters<Line['send']>[0] {
  const whole = query ? `${path}?${new URLSearchParams(query)}` : path;
  if (!file) return { method: 'GET', path: whole, headers: {} };
  const headers = { 'Content-Type': file.type };
  return { method: 'POST', path: whole, headers, body: file.bytes };
}

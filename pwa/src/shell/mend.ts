// The words of a refused command, to be changed and sent again.
import type { Body } from '@/foundation/store/tables';

export interface Text {
  /** where it stands in the arguments */
  path: (string | number)[];
  /** the name of the field, for its label */
  field: string;
  text: string;
}

/** Fields that people write in. Everything else of a command is chosen, not written. */
const WRITTEN = new Set(['note', 'text', 'cause', 'measure', 'reason', 'comment', 'value']);

/** Long enough for a card or an identity; the server alone knows which it is. */
const NUMBER = /(\d[ -]?){11}/;

/** Those with a long number, where there are any. */
export function textsIn(asked: Body | null): Text[] {
  const found: Text[] = [];
  const look = (value: unknown, path: Text['path'], field: string): void => {
    if (typeof value === 'string') {
      if (WRITTEN.has(field) && value.trim()) found.push({ path, field, text: value });
    } else if (value && typeof value === 'object')
      for (const [key, inner] of Object.entries(value))
        look(inner, [...path, key], Array.isArray(value) ? field : key);
  };
  look(asked, [], '');
  const guilty = found.filter(({ text }) => NUMBER.test(text));
  return guilty.length ? guilty : found.filter(({ field }) => field !== 'value');
}

/** The same arguments with other words; the rest is untouched. */
export function withTexts(asked: Body, texts: readonly Text[]): Body {
  const made = structuredClone(asked);
  for (const { path, text } of texts) {
    let at = made as Record<string | number, unknown>;
    for (const key of path.slice(0, -1)) at = at[key] as Record<string | number, unknown>;
    at[path.at(-1) as string] = text;
  }
  return made;
}

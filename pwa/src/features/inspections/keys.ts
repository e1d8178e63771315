// Answering by keyboard: digits in the order of the dock, J and K to move, a letter for each tool.
import type { Value } from '@/foundation/checklists';
import type { Line } from './view';

export type Act =
  | { do: 'answer'; value: Value }
  | { do: 'take'; item: string }
  | { do: 'undo' | 'note' | 'photo' };

const VERDICTS: Record<string, Value> = { '1': 'na', '2': 'fail', '3': 'pass' };
const MOVES: Record<string, number> = { j: 1, ArrowDown: 1, k: -1, ArrowUp: -1 };

export interface Pressed {
  key: string;
  isComposing: boolean;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
  target: EventTarget | null;
}

export function keyed(event: Pressed, line: Line, lines: readonly Line[]): Act | null {
  if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey || inField(event.target))
    return null;
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  const value = VERDICTS[key];
  if (value && line.item.type === 'pass_fail') return { do: 'answer', value };
  if (key === '1' && line.item.type === 'score') return { do: 'answer', value: 'na' };
  if (key === '3' && line.item.type === 'score')
    return { do: 'answer', value: { points: line.item.points, reasons: [] } };
  const step = MOVES[key];
  if (step) {
    const to = lines[lines.indexOf(line) + step];
    return to ? { do: 'take', item: to.item.key } : null;
  }
  if (key === 'u') return { do: 'undo' };
  if (key === 'n') return { do: 'note' };
  return key === 'p' ? { do: 'photo' } : null;
}

/** Letters belong to a field or an open sheet while it has the focus. */
function inField(target: EventTarget | null): boolean {
  const at = target as { closest?: (selector: string) => unknown } | null;
  return Boolean(at?.closest?.('input, textarea, select, dialog, [role=slider]'));
}

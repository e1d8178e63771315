// The course of answering: which item is in hand, what can be undone, where the list has to move.
import { tick } from 'svelte';
import type { Value } from '@/foundation/checklists';
import { refusalOf } from '@/foundation/store/own';
import { answer, clear } from './acts';
import { bring } from './conveyor';
import { keepDraft, readDraft } from './drafts';
import type { Sheet } from './model';
import { fails, type Line, nextOpen, type View } from './view';

interface Undo {
  item: string;
  no: string;
  was: { value: Value; note: string } | null;
}

const UNDO_MAX = 50;
export const rowId = (item: string): string => `item-${item}`;

export class Filling {
  chosen = $state<string | null>(null);
  undos = $state.raw<Undo[]>([]);
  finding = $state<{ item: string; id: string | null } | null>(null);
  /** why the device could not take the last answer */
  refusal = $state<ReturnType<typeof refusalOf>>(null);
  reopened = $state<string | null>(null);

  constructor(
    private readonly round: string,
    private readonly view: () => View | null,
    private readonly sheet: () => Sheet | null,
  ) {}

  get line(): Line | null {
    const lines = this.view()?.lines ?? [];
    return (
      lines.find((line) => line.item.key === this.chosen) ??
      nextOpen(lines, null) ??
      lines[0] ??
      null
    );
  }

  get undoes(): string | null {
    return this.undos.at(-1)?.no ?? null;
  }

  /** Takes an item in hand and slides it under the eye. */
  async take(item: string, slide = true): Promise<void> {
    const was = slide
      ? (document.getElementById(rowId(item))?.getBoundingClientRect().top ?? null)
      : null;
    this.chosen = item;
    await tick();
    const row = document.getElementById(rowId(item));
    if (row) bring(row, was);
  }

  async next(from: string): Promise<void> {
    const line = nextOpen(this.view()?.lines ?? [], from);
    if (line) await this.take(line.item.key);
  }

  /** The list moves at once; the device takes a moment longer and buzzes when it has it. */
  async answer(line: Line, value: Value, stay = false): Promise<void> {
    const sheet = this.sheet();
    if (!sheet) return;
    const { item } = line;
    this.remember(line);
    const kept = answer(this.round, sheet, item.key, value, this.takeNote(item.key));
    const asks = item.type !== 'score' && fails(item, value);
    if (asks) this.finding = { item: item.key, id: line.findings[0] ?? null };
    else if (!stay) void this.next(item.key);
    await this.held(kept);
  }

  async reopen(line: Line): Promise<void> {
    const sheet = this.sheet();
    if (!sheet || !line.answered) return;
    this.remember(line);
    this.reopened = line.item.no;
    await this.held(clear(this.round, sheet, line.item.key));
  }

  async undo(): Promise<void> {
    this.reopened = null;
    const last = this.undos.at(-1);
    const sheet = this.sheet();
    if (!last || !sheet) return;
    this.undos = this.undos.slice(0, -1);
    void this.take(last.item);
    if (last.was) await answer(this.round, sheet, last.item, last.was.value, last.was.note);
    else if (sheet.answers[last.item]) await clear(this.round, sheet, last.item);
  }

  async note(line: Line, note: string): Promise<void> {
    const sheet = this.sheet();
    const { key } = line.item;
    if (sheet && line.value !== undefined) await answer(this.round, sheet, key, line.value, note);
    else {
      this.notes = { ...this.notes, [key]: note };
      await keepDraft(this.round, this.notes);
    }
  }

  /** Words written before the answer wait on the device and travel with it. */
  notes = $state.raw<Record<string, string>>({});

  async recall(): Promise<void> {
    this.notes = { ...(await readDraft(this.round)), ...this.notes };
  }

  private takeNote(item: string): string | undefined {
    const { [item]: note, ...rest } = this.notes;
    if (note === undefined) return undefined;
    this.notes = rest;
    void keepDraft(this.round, rest);
    return note;
  }

  /** A phone without room refuses the step visibly; everything before it stands. */
  private async held(kept: Promise<void>): Promise<void> {
    try {
      await kept;
      this.refusal = null;
    } catch (error) {
      this.refusal = refusalOf(error);
      if (this.refusal === null) throw error;
    }
  }

  private remember(line: Line): void {
    const { item, value, note } = line;
    const was = value === undefined ? null : { value, note };
    const same = this.undos.at(-1)?.item === item.key && was !== null;
    if (!same) this.undos = [...this.undos, { item: item.key, no: item.no, was }].slice(-UNDO_MAX);
  }
}

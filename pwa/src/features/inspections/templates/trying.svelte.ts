// A checklist tried out: the same steps as of a round that is being filled in, kept nowhere.
import type { Answer, Sheet, TemplateDoc, Value } from '@/foundation/checklists';
import { type Line, nextOpen, viewOf } from '../view';

export class Trying {
  answers = $state.raw<Record<string, Answer>>({});
  chosen = $state<string | null>(null);

  constructor(private readonly doc: () => TemplateDoc) {}

  get sheet(): Sheet {
    const known = new Set(this.doc().sections.flatMap((one) => one.items.map((item) => item.key)));
    const answers = Object.entries(this.answers).filter(([key]) => known.has(key));
    return { template: '', answers: Object.fromEntries(answers), findings: {}, signature: null };
  }

  get view() {
    return viewOf(this.doc(), this.sheet, []);
  }

  get line(): Line | null {
    const { lines } = this.view;
    return (
      lines.find((line) => line.item.key === this.chosen) ??
      nextOpen(lines, null) ??
      lines[0] ??
      null
    );
  }

  async take(item: string): Promise<void> {
    this.chosen = item;
  }

  async answer(line: Line, value: Value, stay = false): Promise<void> {
    const { key } = line.item;
    const blank = { slot: 'main', note: '', by: '', at: '', rev: 0, history: [] };
    this.answers = { ...this.answers, [key]: { ...blank, value } };
    if (!stay) this.next(key);
  }

  async reopen(line: Line): Promise<void> {
    const { [line.item.key]: _, ...rest } = this.answers;
    this.answers = rest;
  }

  next(from: string): void {
    this.chosen = nextOpen(this.view.lines, from)?.item.key ?? from;
  }

  again(): void {
    this.answers = {};
    this.chosen = null;
  }
}

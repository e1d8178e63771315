// One record of history, asked for once.
import { type Answer, ask } from '@/foundation/ask';

export class Asked<T> {
  answer = $state.raw<Answer<T> | null>(null);

  constructor(path: string) {
    void ask<T>({ path }).then((answer) => {
      this.answer = answer;
    });
  }
}

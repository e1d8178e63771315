// Checklists as they are offered for a new round.
import { named } from '@/parts/words.svelte';
import { isRetired, type TemplateBody } from './model';

type Paper = { id: string; body: TemplateBody };

/** Those in use now, each with its name; two versions of one name are told apart by their edition. */
export function usablePapers(all: readonly Paper[], now: number): (Paper & { name: string })[] {
  const usable = all.filter(({ body }) => !isRetired(body, now));
  const names = usable.map(({ body }) => named(body.title));
  return usable.map((paper, at) => {
    const name = names[at] ?? '';
    const again = names.indexOf(name) !== names.lastIndexOf(name);
    return { ...paper, name: again ? `${name} ${paper.body.edition}` : name };
  });
}

// What is to be put right, by the place where it is shown. Pure.
import { itemsOf, type TemplateDoc } from '@/foundation/checklists';
import { tongue } from '@/parts/words.svelte';
import type { Fault } from './asking';

export const faultText = (fault: Fault): string => fault[tongue()];

/** The words below one field; undefined where it is right. */
export const faultAt = (
  faults: readonly Fault[],
  where: string,
  field: string,
): string | undefined => {
  const found = faults.find((one) => one.where === where && one.field === field);
  return found && faultText(found);
};

export const faultsOf = (faults: readonly Fault[], where: string): Fault[] =>
  faults.filter((one) => one.where === where);

/** The item or section that a fault is about; null for the checklist as a whole. */
export function placeOf(doc: TemplateDoc, { where }: Fault): { no: string; item: boolean } | null {
  const item = itemsOf(doc).find((one) => one.key === where);
  if (item) return { no: item.no, item: true };
  const section = doc.sections.find((one) => one.key === where);
  return section ? { no: section.no, item: false } : null;
}

// What a file of outlets, codes or days is answered with (backend/api/places.py), one type for each.
import type { ListedCode } from '@/foundation/checklists';
import type { Mark, OutletDays } from '@/foundation/workdays';
import type { Named } from '@/parts/words.svelte';
import type { CellProblem } from '../people/rows';

export interface Read {
  problems: CellProblem[];
  ignored: string[];
  is_cut: boolean;
}
export interface Brought {
  row: number;
  id: string;
  change: 'new' | 'changed' | 'same';
  name: Named;
}
export interface BroughtOutlet extends OutletDays, Brought {
  code: string;
  unit: string;
  address: Named;
}
export interface OutletImport extends Read {
  outlets: BroughtOutlet[];
}
export interface BroughtList extends Brought {
  purpose: Named;
  codes: ListedCode[];
  order: string[];
}
export interface CodeListImport extends Read {
  lists: BroughtList[];
}
export interface BroughtYear {
  year: number;
  days: Record<string, Mark>;
  rest: number;
  work: number;
  is_same: boolean;
}
export interface CalendarImport extends Read {
  years: BroughtYear[];
}

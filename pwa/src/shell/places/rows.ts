// What a file of outlets or of days is answered with (backend/api/places.py), one type for each.
import type { Mark, OutletDays } from '@/foundation/workdays';
import type { Named } from '@/parts/words.svelte';
import type { CellProblem } from '../people/rows';

export interface Read {
  problems: CellProblem[];
  ignored: string[];
  is_cut: boolean;
}
export interface BroughtOutlet extends OutletDays {
  row: number;
  id: string;
  change: 'new' | 'changed' | 'same';
  code: string;
  name: Named;
  unit: string;
  address: Named;
}
export interface OutletImport extends Read {
  outlets: BroughtOutlet[];
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

// What the administrator orders of places and days. Every one is a command that waits for signal.
import type { Command } from '@/foundation/catalogue';
import { about } from '@/foundation/outbox/about';
import { put } from '@/foundation/outbox/put';
import { phone } from '@/foundation/phone';
import type { Mark } from '@/foundation/workdays';
import type { Commands } from '@/generated/commands';
import type { BroughtList, BroughtOutlet, BroughtYear } from './rows';

export type PlaceKind = 'outlet' | 'unit' | 'line' | 'code_list';

const of = {
  outlet: about('organisation', 'outlet'),
  unit: about('organisation', 'unit'),
  line: about('organisation', 'line'),
  code_list: about('organisation', 'code_list'),
  calendar: about('organisation', 'calendar'),
};
const send = (command: Command): Promise<unknown> => put(phone(), command);

export const addOutlet = (asked: Commands['organisation.add_outlet']) =>
  send(of.outlet(phone().newId(), 'add_outlet', asked));

export const changeOutlet = (id: string, asked: Commands['organisation.change_outlet']) =>
  send(of.outlet(id, 'change_outlet', asked));

export const addUnit = (asked: Commands['organisation.add_unit']) =>
  send(of.unit(phone().newId(), 'add_unit', asked));

export const changeUnit = (id: string, asked: Commands['organisation.change_unit']) =>
  send(of.unit(id, 'change_unit', asked));

/** A line's id is its code. */
export const addLine = (code: string, asked: Commands['organisation.add_line']) =>
  send(of.line(code, 'add_line', asked));

export const changeLine = (id: string, asked: Commands['organisation.change_line']) =>
  send(of.line(id, 'change_line', asked));

export const closePlace = (kind: PlaceKind, id: string, on: string) =>
  send(of[kind](id, `close_${kind}`, { on }));

export const reopenPlace = (kind: PlaceKind, id: string) =>
  send(of[kind](id, `reopen_${kind}`, {}));

export function takeInOutlet({ id, change, ...rest }: BroughtOutlet): Promise<unknown> {
  const { row: _row, code, ...asked } = rest;
  return change === 'new'
    ? send(of.outlet(id, 'add_outlet', { code, ...asked }))
    : changeOutlet(id, asked);
}

/** A list's id is its key. */
export const addList = (key: string, asked: Commands['organisation.add_code_list']) =>
  send(of.code_list(key, 'add_code_list', asked));

export const changeList = (key: string, asked: Commands['organisation.change_code_list']) =>
  send(of.code_list(key, 'change_code_list', asked));

export const takeInList = ({ id, change, name, purpose, codes, order }: BroughtList) =>
  change === 'new'
    ? addList(id, { name, purpose, codes })
    : changeList(id, { name, purpose, codes, order });

export const takeInYear = ({ year, days }: BroughtYear) =>
  send(of.calendar(String(year), 'put_calendar_year', { days, published: true }));

export const importOfficial = (year: number) =>
  send(of.calendar(String(year), 'import_calendar_year', {}));

export const markDays = (year: number, days: Record<string, Mark | null>) =>
  send(of.calendar(String(year), 'set_calendar_days', { days }));

export const publish = (year: number, published: boolean) =>
  send(of.calendar(String(year), 'set_calendar_days', { published }));

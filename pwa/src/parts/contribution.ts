// What a feature gives to the frame: the one file of a feature that the shell reads is its manifest.ts.
// Nothing here is the shell's own, so features and shell may both stand on it.
import type { Component } from 'svelte';
import type { Command, LaterRules } from '@/foundation/catalogue';
import type { Phone } from '@/foundation/phone';
import type { Body, Key } from '@/foundation/store/tables';
import type { Me, NameOf } from './directory';
import type { IconName } from './icons';

// biome-ignore lint/suspicious/noExplicitAny: a screen declares its own parameters
export type Load = () => Promise<{ default: Component<any> }>;

export interface Route {
  /** `/rounds/:id`; parameters arrive as properties of the screen */
  path: string;
  load: Load;
  /** what takes its place at 64em and more; left out, the phone's screen is shown as a column */
  desk?: Load;
}

export interface NavPlace {
  href: string;
  icon: IconName;
  word: () => string;
  /** lower comes first; the bottom bar shows the first ones, and the rest behind "More" */
  order: number;
  /** who sees it; left out, everybody */
  roles?: readonly string[];
  /** a live number beside it, from the local store */
  count?: (bodies: { id: string; body: Body }[], me: Me) => number;
  countOf?: string;
}

/** What waits for this person at no particular place: a list of its own below the stops. */
export interface TodaySection {
  order: number;
  load: Load;
}

/** One thing to go to today: a round, a visit, an event. */
export interface Stop {
  id: string;
  /** when it begins or, where only that is known, when it is due, in milliseconds; null: any time of the day */
  at: number | null;
  standing: 'under_way' | 'waits' | 'done';
}
export interface Listed {
  id: string;
  body: Body;
  /** commands about it that have not left this device */
  pending: number;
}
/** What the row of a stop gets; it is one `Row` and leads to the record. */
export interface StopRow {
  id: string;
  now: number;
  nameOf: NameOf;
  /** for its ReadyMark; null while they are looked at, left out where nothing is to be made ready */
  checks?: readonly ReadyCheck[] | null;
}
/** What a feature puts into Today's one list. All but the row is pure. */
export interface Stops {
  /** of its records it is made from */
  kind: string;
  /** whose daily work this is: only they are told that there is nothing, and get the links */
  roles: readonly string[];
  /** the kind that holds the order of the way, where it is a record of its own */
  ways?: string;
  /** this person's on the local day of `now`, in the order of the way where the feature knows one */
  of: (rows: readonly Listed[], me: Me, now: number, ways?: readonly Listed[]) => Stop[];
  /** the nearest one after today */
  next?: (
    rows: readonly Listed[],
    me: Me,
    now: number,
    nameOf: NameOf,
  ) => { at: number; title: string } | null;
  row: () => Promise<{ default: Component<StopRow> }>;
  links?: readonly { href: string; word: () => string }[];
}

/** One thing that work on a record needs before the signal goes. */
export interface ReadyCheck {
  key: string;
  /** `unknown`: nothing on this device can tell */
  standing: 'ok' | 'missing' | 'unknown';
  word: () => string;
  /** what to know or do while it is not there */
  told: () => string;
  /** what a tap can do about it, after which it is looked at again; null where nothing can */
  act: { word: () => string; run: () => void | Promise<void> } | null;
}
/** All checks of one feature for one record, from this device alone: it never waits for the server. */
export type ReadyChecks = (on: Phone, rec: Key) => Promise<ReadyCheck[]>;

/** A card of the console's overview; `span` of twelve columns. */
export interface OverviewCard {
  order: number;
  span: 4 | 5 | 7 | 8;
  load: Load;
}

/** How a record is named and found: for the tray, the list of what waits, and search. */
export interface RecordPlace {
  href: (id: string) => string;
  label: (body: Body, nameOf: NameOf) => string;
  /** "2 rounds": in the truth line, counted per kind */
  counted: (n: number) => string;
  /** records that are only a part of another, under its id or `<its id>.<name>`: a sheet of its round */
  partOf?: string;
}

/** One line of what happened to something of theirs; null for a type this feature does not know. */
export type Tell = (type: string, params: Record<string, unknown>, nameOf: NameOf) => string | null;

/** The very place a refused command or photograph was about. */
export interface Spot {
  href: string;
  /** the clause, where there is one */
  no: string;
}

/** What only the feature knows of its refused commands, for the tray. */
export interface Mending {
  /** null: nothing more precise than the record itself, or for a photograph: not to be retaken */
  spot(on: Phone, rec: Key, asked: Body): Promise<Spot | null>;
  /** states, severities and the like that a refusal names, in words */
  facts(facts: Body): Record<string, string>;
  /** the refused command with other words, on what the record is by now */
  again?(on: Phone, command: Command): Promise<Command>;
}

export interface Contribution {
  name: string;
  /** its pages come once the app runs: a first visit on a thin line fetches what rounds need, and no more */
  heldAfter?: true;
  kinds: readonly string[];
  routes: readonly Route[];
  records: Record<string, RecordPlace>;
  stops?: Stops;
  today?: TodaySection;
  nav?: readonly NavPlace[];
  console?: readonly NavPlace[];
  overview?: readonly OverviewCard[];
  /** words for the notices this feature sends, loaded when there is one */
  notices?: () => Promise<{ tell: Tell }>;
  /** loaded when something of this feature was refused */
  mending?: () => Promise<{ mending: Mending }>;
  /** what this feature adds to the screen of a neighbour's record, by kind */
  panels?: Record<string, Load>;
  /** what work on a record of this kind needs offline, of this feature's own kinds or a neighbour's */
  readyChecks?: Record<string, () => Promise<{ checks: ReadyChecks }>>;
  /** loaded after the first screen, and before anything is queued */
  preview: LaterRules;
}

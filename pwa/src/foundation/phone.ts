// One signed-in person on one device: the ports, that person's database, and what the features
// declared. Every part of the engine takes a Phone, so that two can live in one process (two
// tabs in the simulator, two people on a tablet); screens use the current one.

import type { Catalogue } from '@/foundation/catalogue';
import { newId } from '@/foundation/ids';
import type { Clock, Randomness, Room, Scheduler, Store, Vault } from '@/foundation/ports';

export type Ports = {
  store: Store;
  vault: Vault;
  clock: Clock;
  random: Randomness;
  scheduler: Scheduler;
  room: Room;
};

export type Person = { id: string; name: string; username: string };

export class Phone {
  /** Identity of this page's life: a monotonic reading means something only within it. */
  readonly page: string;
  /** Called after each local commit that left work to send. */
  onWork: () => void = () => undefined;
  /** Called after each edit: null, or why this device could not take it. */
  onEdit: (failure: unknown) => void = () => undefined;
  /** Edits of one page follow one another, so that previews build on each other. */
  private turn: Promise<unknown> = Promise.resolve();
  busy = 0;

  constructor(
    readonly ports: Ports,
    readonly device: string,
    readonly person: Person,
    readonly catalogue: Catalogue,
  ) {
    this.page = newId(ports.clock, ports.random);
  }

  get store(): Store {
    return this.ports.store;
  }

  now(): number {
    return this.ports.clock.now();
  }

  moment(): string {
    return new Date(this.now()).toISOString();
  }

  newId(): string {
    return newId(this.ports.clock, this.ports.random);
  }

  /** One after another; a failed turn does not stop the next. */
  inTurn<T>(work: () => Promise<T>): Promise<T> {
    this.busy++;
    const next = this.turn.then(work, work);
    this.turn = next
      .catch(() => undefined)
      .then(() => {
        this.busy--;
      });
    return next;
  }
}

let current: Phone | null = null;

export function usePhone(phone: Phone | null): void {
  current = phone;
}

export function phone(): Phone {
  if (!current) throw new Error('nobody is signed in');
  return current;
}

export const signedIn = (): Phone | null => current;

// What a feature tells the engine about its records and commands. The engine knows no feature:
// how a command changes what the screen shows, which register it writes, which photographs a
// record asks for, and when a record may be called verified, all come from here. Each feature's
// `preview.ts` exports `rules`; whoever starts the engine declares them, at once or as pieces that come
// after the first screen.

import { bring } from '@/foundation/bring';
import type { Body, Key } from '@/foundation/store/tables';

export type Command = {
  op: string;
  rec: Key;
  args: Body;
  id?: string;
  /** Revision the person was looking at; left out, the engine takes the record's own. */
  base?: number | null;
  group?: string | null;
  tpl?: [string, number] | null;
  /** Version of the argument schema; left out, the one this build knows. */
  v?: number;
  blobs?: string[];
};

/** What a preview may know: the command, who asked and when. */
export type Asked = Command & { id: string; actor: string; at: string };

export type Preview = {
  /** Records this command changes on screen; left out, the record it names. */
  touches?: (command: Command) => Key[];
  /** A pure guess. `undefined` in: not on this phone. `undefined` out: leave it; null: gone. */
  apply?: (body: Body | undefined, command: Asked, key: Key) => Body | null | undefined;
  /** Successive unsent edits with the same register become one command. */
  register?: (command: Command) => string;
  /** Version of the argument schema; 1 until it changes. */
  version?: number;
};

export type Standing = 'received' | 'verified';
export type Wanted = { sha256: string; size: 320 | 1280 };

export type RecordRules = {
  previews?: Record<string, Preview>;
  /** Of a record this person contributed to; undefined when the line has nothing to say. */
  standings?: Record<string, (body: Body, me: string) => Standing | undefined>;
  /** Renditions that should lie on the phone before the signal goes. */
  downloads?: Record<string, (body: Body, me: string) => Wanted[]>;
};

export type LaterRules = () => Promise<{ rules: RecordRules }>;

export class Catalogue {
  private coming: LaterRules[] = [];
  private arriving: Promise<void> | null = null;
  private readonly previews = new Map<string, Preview>();
  readonly standings = new Map<string, (body: Body, me: string) => Standing | undefined>();
  /** Photos belong to several features: each is asked for its own. */
  readonly downloads = new Map<string, ((body: Body, me: string) => Wanted[])[]>();

  declare(rules: RecordRules): this {
    for (const [op, preview] of Object.entries(rules.previews ?? {}))
      this.previews.set(op, preview);
    for (const [kind, say] of Object.entries(rules.standings ?? {})) this.standings.set(kind, say);
    for (const [kind, say] of Object.entries(rules.downloads ?? {}))
      this.downloads.set(kind, [...(this.downloads.get(kind) ?? []), say]);
    return this;
  }

  declareLater(load: LaterRules): this {
    this.coming.push(load);
    return this;
  }

  /** Resolves once the rules of every feature are here; brings them if need be. Whoever guesses, queues
   * or syncs waits for it first: a guess without them would show an edit as if it had changed nothing. */
  whole(): Promise<void> {
    this.arriving ??= this.arrive();
    return this.arriving;
  }

  private async arrive(): Promise<void> {
    for (const { rules } of await Promise.all(this.coming.map(bring<{ rules: RecordRules }>)))
      this.declare(rules);
    this.coming = [];
  }

  private of(op: string): Preview | undefined {
    if (this.coming.length > 0) throw new Error(`asked about ${op} before the rules were here`);
    return this.previews.get(op);
  }

  touches(command: Command): Key[] {
    return this.of(command.op)?.touches?.(command) ?? [command.rec];
  }

  register(command: Command): string | null {
    const name = this.of(command.op)?.register?.(command);
    return name === undefined ? null : `${command.op} ${command.rec.join(':')} ${name}`;
  }

  version(op: string): number {
    return this.of(op)?.version ?? 1;
  }

  /** The record as it will probably be; null when it will be gone, undefined when unknown here. */
  apply(body: Body | null | undefined, asked: Asked, key: Key): Body | null | undefined {
    const guess = this.of(asked.op)?.apply;
    if (!guess) return body;
    const next = guess(body ?? undefined, asked, key);
    return next === undefined ? body : next;
  }
}

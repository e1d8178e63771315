import { beforeEach, expect, test } from 'vitest';
import { LIVE_PATH, Live, type Source } from '@/sync/live';

class Stream implements Source {
  readonly hearing = new Map<string, (event: { data: unknown }) => void>();
  closed = false;
  constructor(readonly path: string) {}
  addEventListener(type: string, hear: (event: { data: unknown }) => void): void {
    this.hearing.set(type, hear);
  }
  close(): void {
    this.closed = true;
  }
  say(type: string, data = ''): void {
    this.hearing.get(type)?.({ data });
  }
}

let streams: Stream[];
let waits: { ms: number; run: () => void; off: boolean }[];
let wanted: boolean;
let news: number;
let live: Live;

beforeEach(() => {
  streams = [];
  waits = [];
  wanted = true;
  news = 0;
  live = new Live(
    {
      open: (path) => {
        const stream = new Stream(path);
        streams.push(stream);
        return stream;
      },
      wanted: () => wanted,
      after: (ms, run) => {
        const wait = { ms, run, off: false };
        waits.push(wait);
        return () => {
          wait.off = true;
        };
      },
      fraction: () => 0.5,
    },
    () => news++,
  );
});

/** The next wait that nobody took back ends. */
function pass(): number {
  const wait = waits.find((each) => !each.off);
  if (!wait) throw new Error('nothing is waited for');
  wait.off = true;
  wait.run();
  return wait.ms;
}

const last = () => streams[streams.length - 1]!;

test('news are told once, a moment later, however many come meanwhile', () => {
  live.look();
  expect(last().path).toBe(LIVE_PATH);
  last().say('message', '7');
  last().say('message', '8');
  expect(news).toBe(0);
  expect(pass()).toBe(500);
  expect(news).toBe(1);
  last().say('message', '9');
  pass();
  expect(news).toBe(2);
});

test('the first sign of life is no news, after a gap it is', () => {
  live.look();
  last().say('message', '0');
  expect(waits).toEqual([]);
  last().say('error');
  pass();
  last().say('message', '0');
  pass();
  expect(news).toBe(1);
});

test('each failure waits longer, and a sign of life forgets them', () => {
  live.look();
  const waited: number[] = [];
  for (let turn = 0; turn < 3; turn++) {
    last().say('error');
    expect(last().closed).toBe(true);
    waited.push(pass());
  }
  expect(waited[1]).toBe(waited[0]! * 2);
  expect(waited[2]).toBe(waited[0]! * 4);
  last().say('message', '5');
  pass();
  last().say('error');
  expect(pass()).toBe(waited[0]);
});

test('a server that goes says when to come back', () => {
  live.look();
  last().say('leave', '250');
  expect(last().closed).toBe(true);
  expect(pass()).toBe(250);
  expect(streams.length).toBe(2);
});

test('nobody looking, nobody listening', () => {
  live.look();
  wanted = false;
  live.look();
  expect(last().closed).toBe(true);
  wanted = true;
  live.look();
  live.look();
  expect(streams.length).toBe(2);
});

test('a wait that ends while nobody looks opens nothing', () => {
  live.look();
  last().say('error');
  wanted = false;
  pass();
  expect(streams.length).toBe(1);
});

test('a stream that was given up is not heard any more', () => {
  live.look();
  const given_up = last();
  given_up.say('error');
  pass();
  given_up.say('error');
  given_up.say('message', '4');
  expect(last().closed).toBe(false);
  expect(waits.every((wait) => wait.off)).toBe(true);
});

test('after the end nothing is opened or told', () => {
  live.look();
  last().say('message', '3');
  live.stop();
  pass();
  live.look();
  expect(news).toBe(0);
  expect(streams.length).toBe(1);
  expect(last().closed).toBe(true);
});

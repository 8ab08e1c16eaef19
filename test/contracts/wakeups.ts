// What all Wakeups do, whatever keeps them.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Clock, Wakeups } from '../../src/core/ports.ts';
import { settle, testClock, type TestClock } from '../clock.ts';

type Given = { clock: TestClock; wakeups: Wakeups };

/** Runs the suite against the wake-ups that `open` makes; each call makes empty ones. */
export function wakeupsContract(name: string, open: (clock: Clock) => Wakeups | Promise<Wakeups>): void {
  describe(`${name} as Wakeups`, () => {
    let given: Given;
    beforeEach(async () => {
      const clock = testClock();
      given = { clock, wakeups: await open(clock) };
    });
    afterEach(() => given.wakeups.close());

    timing(() => given);
    repeating(() => given);
    sideBySide(() => given);
    closing(() => given);
  });
}

function timing(given: () => Given): void {
  it('calls at the time asked for, not before, and once', async () => {
    const { clock, wakeups } = given();
    const calls = record(wakeups, clock);
    const start = clock.now();

    await wakeups.at('a', start + 1_000);
    await clock.advance(999);
    expect(calls).toEqual([]);
    await clock.advance(1);
    await clock.advance(3_600_000);

    expect(calls).toEqual([{ id: 'a', at: start + 1_000 }]);
  });

  it('calls at once for now and for the past', async () => {
    const { clock, wakeups } = given();
    const calls = record(wakeups, clock);

    await wakeups.at('now', clock.now());
    await wakeups.at('late', clock.now() - 60_000);
    await settle();

    expect(calls.map(({ id }) => id).toSorted()).toEqual(['late', 'now']);
  });

  it('calls in the order of time, however they were asked for, days ahead too', async () => {
    const { clock, wakeups } = given();
    const calls = record(wakeups, clock);
    const start = clock.now();
    const days = 40 * 86_400_000;

    await wakeups.at('far', start + days);
    await wakeups.at('second', start + 2_000);
    await wakeups.at('first', start + 1_000);
    await clock.advance(days);

    expect(calls).toEqual([
      { id: 'first', at: start + 1_000 },
      { id: 'second', at: start + 2_000 },
      { id: 'far', at: start + days },
    ]);
  });

  it('keeps what was asked for before the start', async () => {
    const { clock, wakeups } = given();
    await wakeups.at('a', clock.now());
    await clock.advance(5_000);

    const calls = record(wakeups, clock);
    await settle();

    expect(calls).toEqual([{ id: 'a', at: clock.now() }]);
  });

  it('keeps several times of one id apart, and equal ones together', async () => {
    const { clock, wakeups } = given();
    const calls = record(wakeups, clock);
    const start = clock.now();

    for (const wait of [3_000, 1_000, 1_000, 3_000]) await wakeups.at('a', start + wait);
    await clock.advance(10_000);

    expect(calls.map(({ at }) => at - start)).toEqual([1_000, 3_000]);
  });

  it('starts once', () => {
    const { wakeups } = given();
    wakeups.start(async () => {});

    expect(() => wakeups.start(async () => {})).toThrow('started before');
  });
}

function repeating(given: () => Given): void {
  it('calls again after 1, 2, 4 ... and at most 60 seconds while the handler throws', async () => {
    const { clock, wakeups } = given();
    const start = clock.now();
    const calls: number[] = [];
    wakeups.start(async () => {
      calls.push((clock.now() - start) / 1_000);
      if (calls.length < 9) throw new Error('not yet');
    });

    await wakeups.at('a', start);
    await clock.advance(600_000);

    expect(calls).toEqual([0, 1, 3, 7, 15, 31, 63, 123, 183]);
  });

  it('lets no failing id hold up another', async () => {
    const { clock, wakeups } = given();
    const done: string[] = [];
    wakeups.start(async (id) => {
      if (id === 'bad') throw new Error('always');
      done.push(id);
    });

    await wakeups.at('bad', clock.now());
    await wakeups.at('good', clock.now());
    await settle();

    expect(done).toEqual(['good']);
  });

  it('forgets nothing that a handler asks for about its own id, now or later', async () => {
    const { clock, wakeups } = given();
    const start = clock.now();
    const calls: number[] = [];
    wakeups.start(async (id) => {
      calls.push(clock.now() - start);
      if (calls.length === 1) await wakeups.at(id, clock.now());
      if (calls.length === 2) await wakeups.at(id, clock.now() + 5_000);
    });

    await wakeups.at('a', start);
    await clock.advance(60_000);

    expect(calls).toEqual([0, 0, 5_000]);
  });

  it('keeps a later time of an id whose earlier one was handled', async () => {
    const { clock, wakeups } = given();
    const calls = record(wakeups, clock);
    const start = clock.now();

    await wakeups.at('a', start + 9_000);
    await wakeups.at('a', start);
    await clock.advance(9_000);

    expect(calls.map(({ at }) => at - start)).toEqual([0, 9_000]);
  });
}

function sideBySide(given: () => Given): void {
  it('never runs one id twice at once, and misses nothing asked for meanwhile', async () => {
    const { clock, wakeups } = given();
    const open: (() => void)[] = [];
    wakeups.start(() => new Promise<void>((done) => open.push(done)));

    await wakeups.at('a', clock.now());
    await settle();
    await wakeups.at('a', clock.now());
    await wakeups.at('a', clock.now() - 1);
    await clock.advance(10);
    expect(open).toHaveLength(1);

    open[0]?.();
    await settle();
    expect(open).toHaveLength(2);
    open[1]?.();
    await settle();
    expect(open).toHaveLength(2);
  });

  it('runs at most 128 ids side by side, and all of them in the end', async () => {
    const { clock, wakeups } = given();
    const open = new Map<string, () => void>();
    const seen = new Set<string>();
    wakeups.start((id) => {
      seen.add(id);
      return new Promise<void>((done) => open.set(id, done));
    });

    await Promise.all(Array.from({ length: 300 }, (_, number) => wakeups.at(`id-${number}`, clock.now())));
    await settle();
    expect(open.size).toBe(128);

    while (open.size > 0) {
      expect(open.size).toBeLessThanOrEqual(128);
      for (const [id, done] of open) {
        open.delete(id);
        done();
      }
      await settle();
    }
    expect(seen.size).toBe(300);
  });
}

function closing(given: () => Given): void {
  it('waits for running handlers when it closes, and starts no more', async () => {
    const { clock, wakeups } = given();
    const events: string[] = [];
    let finish: (() => void) | undefined;
    wakeups.start(async (id) => {
      events.push(`start ${id}`);
      await new Promise<void>((done) => (finish = done));
      await wakeups.at(id, clock.now() + 1);
      events.push(`end ${id}`);
    });
    await wakeups.at('a', clock.now());
    await wakeups.at('b', clock.now() + 5);
    await settle();

    const closed = wakeups.close().then(() => events.push('closed'));
    await clock.advance(10);
    expect(events).toEqual(['start a']);
    finish?.();
    await closed;
    await clock.advance(60_000);

    expect(events).toEqual(['start a', 'end a', 'closed']);
  });

  it('refuses new ones once closed', async () => {
    const { clock, wakeups } = given();

    await wakeups.close();

    await expect(wakeups.at('a', clock.now())).rejects.toThrow('closed');
  });
}

/** Starts with a handler that notes who was called when. */
function record(wakeups: Wakeups, clock: Clock): { id: string; at: number }[] {
  const calls: { id: string; at: number }[] = [];
  wakeups.start(async (id) => void calls.push({ id, at: clock.now() }));
  return calls;
}

// A clock that stands still until a test steps it.
import type { Clock } from '../src/core/ports.ts';

export type TestClock = Clock & {
  /** Moves time on by `ms`, running what falls due in order and letting promises settle in between. */
  advance(ms: number): Promise<void>;
};

type Timer = { due: number; run: () => void };

/** A Clock that starts at `start` (epoch milliseconds) and moves only by `advance`. */
export function testClock(start: number = Date.UTC(2026, 10, 23, 9)): TestClock {
  let now = start;
  const timers = new Set<Timer>();

  function earliest(until: number): Timer | undefined {
    let first: Timer | undefined;
    for (const timer of timers) if (timer.due <= until && (!first || timer.due < first.due)) first = timer;
    return first;
  }

  return {
    now: () => now,
    after(ms, run) {
      const timer = { due: now + Math.max(0, ms), run };
      timers.add(timer);
      return () => void timers.delete(timer);
    },
    async advance(ms) {
      const until = now + ms;
      await settle();
      for (let timer = earliest(until); timer; timer = earliest(until)) {
        timers.delete(timer);
        now = Math.max(now, timer.due);
        timer.run();
        await settle();
      }
      now = until;
      await settle();
    },
  };
}

/** A Clock that runs `rate` times faster than life. */
export function pacedClock(rate: number): Clock {
  const begun = performance.now();
  return {
    now: () => begun + (performance.now() - begun) * rate,
    after(ms, run) {
      const timer = setTimeout(run, ms / rate);
      return () => clearTimeout(timer);
    },
  };
}

/** Lets promises and grouped writes that are under way come to rest: `turns` turns of the event loop. */
export async function settle(turns = 20): Promise<void> {
  for (let turn = 0; turn < turns; turn += 1) await new Promise<void>((done) => setImmediate(done));
}

// Simulated time: processes are timed steps that run, in order, when somebody looks.

export type Timeline = {
  /** Epoch milliseconds the state is at; inside a step, the time of that step. */
  now(): number;
  /** Runs `step` after `ms` of unsped time. */
  after(ms: number, step: () => void): void;
  /** Runs every step that is due by now. */
  catchUp(): void;
  /** How many times faster than in AWS processes run; what is under way is rescaled. */
  speed(factor?: number): number;
  /** Drops what is planned and goes to `time`. */
  restart(time: number): void;
};

/**
 * A timeline that follows `clock` and starts at `start`. `catchUp` is all that moves it, so a stepped clock needs no timers
 * and the same steps always give the same state.
 */
export function timeline(clock: { now(): number }, start: number): Timeline {
  let queue: { at: number; order: number; step: () => void }[] = [];
  let at = start;
  let order = 0;
  let factor = 1;
  return {
    now: () => at,
    after(ms, step) {
      const due = { at: at + ms / factor, order: order++, step };
      let index = queue.length;
      while (index > 0 && queue[index - 1]!.at > due.at) index--;
      queue.splice(index, 0, due);
    },
    catchUp() {
      const target = Math.max(at, clock.now());
      while (queue.length > 0 && queue[0]!.at <= target) {
        const due = queue.shift()!;
        at = Math.max(at, due.at);
        due.step();
      }
      at = target;
    },
    speed(next) {
      if (next !== undefined && next > 0) {
        for (const due of queue) due.at = at + ((due.at - at) * factor) / next;
        factor = next;
      }
      return factor;
    },
    restart(time) {
      queue = [];
      at = time;
    },
  };
}

// Time that runs faster than life and can jump, alike in every process that knows its beginning.
import type { Clock } from '../../src/core/ports.ts';

/** `began`: real epoch milliseconds; `jumped`: how far it has jumped so far. */
export type Beginning = { began: number; rate: number; jumped: number };
export type FastClock = Clock & { jump(ms: number): void; beginning(): Beginning };

/** What a timer of Node can wait at most. */
const longest = 2 ** 31 - 1;

/** A clock `rate` times as fast as life. `jump` fires what came due at once. */
export function fastClock({ began, rate, jumped: before }: Beginning): FastClock {
  let jumped = before;
  const now = (): number => Math.floor(began + (Date.now() - began) * rate + jumped);
  const timers = new Set<{ due: number; fire: (this: void) => void }>();
  return {
    now,
    after(ms, work) {
      let handle: NodeJS.Timeout | undefined;
      const due = now() + ms;
      const fire = (): void => {
        clearTimeout(handle);
        // Rounding may fire it a moment early.
        if (due > now()) handle = setTimeout(fire, Math.min(longest, (due - now()) / rate));
        else if (timers.delete(timer)) work();
      };
      const timer = { due, fire };
      handle = setTimeout(fire, Math.min(longest, ms / rate));
      timers.add(timer);
      return () => {
        clearTimeout(handle);
        timers.delete(timer);
      };
    },
    jump(ms) {
      jumped += ms;
      for (const timer of timers) if (timer.due <= now()) timer.fire();
    },
    beginning: () => ({ began, rate, jumped }),
  };
}

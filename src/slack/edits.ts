// Edits of messages within the workspace's budget: the newest state of each message wins, and arrives.
import type { Clock, Posted } from '../core/ports.ts';
import type { Outcome } from './calls.ts';

type Job<T> = { state: T; done: () => void; fail: (error: Error) => void };
type Entry<T> = { message: Posted; next?: Job<T> | undefined };

/** `chat.update` allows about 50 a minute for the whole workspace; 40 and a burst of 10 never exceed it. */
const budget = { perMinute: 40, burst: 10 };
const tries = 6;

/**
 * Returns `update`: resolves when Slack took this state or a newer one replaced it before it was sent; rejects with
 * a PlatformError when Slack refuses it, or did not take it in six tries.
 */
export function edits<T>(clock: Clock, send: (message: Posted, state: T) => Promise<Outcome>) {
  const entries = new Map<string, Entry<T>>();
  const bucket = tokens(clock);

  async function run(key: string, entry: Entry<T>): Promise<void> {
    while (entry.next) {
      await bucket.take();
      const job = entry.next;
      entry.next = undefined;
      await deliver(entry, job).then(job.done, job.fail);
    }
    entries.delete(key);
  }

  async function deliver(entry: Entry<T>, job: Job<T>): Promise<void> {
    for (let attempt = 1; ; attempt++) {
      const outcome = await send(entry.message, job.state);
      if (outcome.kind === 'ok' || superseded(entry)) return;
      if (outcome.kind === 'refused' || attempt === tries || !outcome.error.retryable) throw outcome.error;
      if (outcome.kind === 'limited') bucket.pause(outcome.after);
      else await wait(clock, 1000 * 2 ** (attempt - 1));
      await bucket.take();
      if (superseded(entry)) return;
    }
  }

  return (message: Posted, state: T): Promise<void> =>
    new Promise((done, fail) => {
      const key = `${message.channel}/${message.ts}`;
      const entry = entries.get(key);
      entry?.next?.done();
      if (entry) {
        entry.next = { state, done, fail };
        return;
      }
      const fresh: Entry<T> = { message, next: { state, done, fail } };
      entries.set(key, fresh);
      void run(key, fresh);
    });
}

function superseded(entry: Entry<unknown>): boolean {
  return entry.next !== undefined;
}

/** Resolves after `ms` of the clock. */
export function wait(clock: Clock, ms: number): Promise<void> {
  return new Promise((resolve) => {
    clock.after(ms, resolve);
  });
}

/** A token bucket that hands tokens out in the order they were asked for. */
function tokens(clock: Clock) {
  const waiting: (() => void)[] = [];
  let left = budget.burst;
  let filled = clock.now();
  let paused = 0;
  let timer: (() => void) | undefined;

  function serve(): void {
    const now = clock.now();
    left = Math.min(budget.burst, left + ((now - filled) * budget.perMinute) / 60_000);
    filled = now;
    const ready = now < paused ? 0 : Math.floor(left);
    for (const serveOne of waiting.splice(0, ready)) {
      left -= 1;
      serveOne();
    }
    if (waiting.length === 0 || timer) return;
    const refill = Math.ceil(((1 - left) * 60_000) / budget.perMinute);
    timer = clock.after(Math.max(1, refill, paused - now), () => {
      timer = undefined;
      serve();
    });
  }

  return {
    take(): Promise<void> {
      return new Promise((resolve) => {
        waiting.push(resolve);
        serve();
      });
    },
    pause(ms: number): void {
      paused = Math.max(paused, clock.now() + ms);
    },
  };
}

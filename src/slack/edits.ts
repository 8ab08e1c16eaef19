// Edits of messages within the workspace's budget: the newest state of each message wins, and arrives.
import type { PlatformError } from '../core/errors.ts';
import type { Clock, Posted } from '../core/ports.ts';
import { failure, type Outcome } from './calls.ts';

type Job<T> = { state: T; done: () => void; fail: (error: Error) => void; trouble?: PlatformError };
type Entry<T> = { message: Posted; next?: Job<T> | undefined };

/** `chat.update` allows about 50 a minute for the whole workspace; 40 and a burst of 10 never exceed it. */
const budget = { perMinute: 40, burst: 10 };
const backoff = { first: 1000, most: 60_000 };
/** How long a caller is kept waiting; the edit goes on without. */
const patience = 20_000;
const late = failure('chat.update', 'not_taken_yet', 'throttled', { unsure: false, retryable: true });

/**
 * `processes` share the budget. Returns `update`: resolves when Slack took this state or a newer one replaced it before it was sent; rejects with
 * a PlatformError when Slack refuses it, or has not taken it in 20 s. It is then sent all the same as soon as Slack
 * takes it, unless there is a newer one by then.
 */
export function edits<T>(
  given: { clock: Clock; processes: number },
  send: (message: Posted, state: T) => Promise<Outcome>,
) {
  const { clock, processes } = given;
  const entries = new Map<string, Entry<T>>();
  const bucket = tokens(clock, {
    perMinute: budget.perMinute / processes,
    burst: Math.ceil(budget.burst / processes),
  });

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
    for (let failures = 0; ;) {
      const outcome = await send(entry.message, job.state);
      if (outcome.kind === 'ok' || superseded(entry)) return;
      if (outcome.kind === 'refused' || !outcome.error.retryable) throw outcome.error;
      job.trouble = outcome.error;
      if (outcome.kind === 'limited') bucket.pause(outcome.after);
      else await wait(clock, Math.min(backoff.most, backoff.first * 2 ** failures++));
      await bucket.take();
      if (superseded(entry)) return;
    }
  }

  function put(message: Posted, job: Job<T>): void {
    const key = `${message.channel}/${message.ts}`;
    const entry = entries.get(key);
    entry?.next?.done();
    if (entry) {
      entry.next = job;
      return;
    }
    const fresh: Entry<T> = { message, next: job };
    entries.set(key, fresh);
    void run(key, fresh);
  }

  return (message: Posted, state: T): Promise<void> => {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const job: Job<T> = { state, done: resolve, fail: reject };
    put(message, job);
    const cancel = clock.after(patience, () => reject(job.trouble ?? late));
    return promise.finally(cancel);
  };
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
function tokens(clock: Clock, { perMinute, burst }: typeof budget) {
  const waiting: (() => void)[] = [];
  let left = burst;
  let filled = clock.now();
  let paused = 0;
  let timer: (() => void) | undefined;

  function serve(): void {
    const now = clock.now();
    left = Math.min(burst, left + ((now - filled) * perMinute) / 60_000);
    filled = now;
    const ready = now < paused ? 0 : Math.floor(left);
    for (const serveOne of waiting.splice(0, ready)) {
      left -= 1;
      serveOne();
    }
    if (waiting.length === 0 || timer) return;
    const refill = Math.ceil(((1 - left) * 60_000) / perMinute);
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

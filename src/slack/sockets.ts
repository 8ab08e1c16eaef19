// Two connections of Socket Mode, opened apart, each watched and replaced: the process is never without one for long.
import { WebAPIRateLimitedError } from '@slack/web-api';
import type { App } from '@slack/bolt';
import type { Clock } from '../core/ports.ts';
import { isRefusal } from './calls.ts';
import { faultOf, type Log } from './log.ts';
import { openSocket, type Connection } from './socket.ts';
import { within } from './within.ts';

/** Connections a process. Slack allows an app ten in all. */
export const connectionsEach = 2;
/** Slack renews a connection every few hours: those opened together would go together. */
const apart = 15_000;
const openWithin = 15_000;
/** The client pings every two seconds; five looks without anything arriving mean that nobody is there any more. */
const lookEvery = 3_000;
const silentLooks = 5;
const backoff = { first: 1000, most: 30_000 };
/** A connection that lived this long was a good one. */
const longLife = 30_000;
/** How long one that Slack asked to go stays beside its replacement: to acknowledge, and until Slack closes it. */
const grace = { warning: 15_000, other: 3_000 };
const goodbye = 2_000;

export type Sockets = {
  /** Resolves when the first one is open, rejects when Slack refuses the token. The rest is kept open from then on. */
  start(app: App): Promise<void>;
  /** Closes all of them, so that Slack sends nothing more there. */
  stop(): Promise<void>;
  /** How many are open and heard from lately. */
  open(): number;
};

type Slot = { name: string; failures: number; connection?: Connection | undefined };

/** `processes`: how many share the app; more connections than theirs are said in the log. */
export function sockets(given: {
  settings: { appToken: string; apiUrl?: string | undefined };
  processes: number;
  clock: Clock;
  log: Log;
  random?: () => number;
}): Sockets {
  const { clock, log, random = Math.random } = given;
  const slots: Slot[] = Array.from({ length: connectionsEach }, (_, index) => ({ name: `${index + 1}`, failures: 0 }));
  const alive = new Set<Connection>();
  const sleeping = new Set<() => void>();
  const waitingApart = new Set<() => void>();
  let line: Promise<unknown> = Promise.resolve();
  let lastOpened = 0;
  const life = new AbortController();

  const open = (): number => slots.filter(({ connection }) => connection).length;

  /** Resolves after `ms`, when `wakers` are called, or when all is stopped. */
  function sleep(ms: number, wakers = sleeping): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    const cancel = clock.after(life.signal.aborted ? 0 : Math.max(0, ms), resolve);
    for (const set of [sleeping, wakers]) set.add(resolve);
    return promise.finally(() => {
      cancel();
      for (const set of [sleeping, wakers]) set.delete(resolve);
    });
  }

  /** One opens at a time, and not right after the other, unless there is no other. */
  function inLine(slot: Slot): Promise<Connection | undefined> {
    const attempt = line.then(async () => {
      if (open() > 0) await sleep(lastOpened + apart - clock.now(), waitingApart);
      return life.signal.aborted ? undefined : attemptTo(slot);
    });
    line = attempt.catch(() => undefined);
    return attempt;
  }

  async function attemptTo(slot: Slot): Promise<Connection> {
    const connection = openSocket({ ...given, app: appOf() });
    alive.add(connection);
    void connection.closed.then(() => alive.delete(connection));
    try {
      const counted = await within(clock, openWithin, connection.opened);
      lastOpened = clock.now();
      slot.connection = connection;
      greeted(slot, counted);
      return connection;
    } catch (error) {
      connection.cut();
      throw error;
    }
  }

  function greeted(slot: Slot, counted: number): void {
    const expected = given.processes * connectionsEach;
    log.info({ slot: slot.name, own: alive.size, connections: counted }, 'connected to Slack');
    if (counted <= expected + alive.size - open()) return;
    log.warn(
      { connections: counted, expected, own: alive.size },
      'Slack counts more connections than expected: payloads sent to a dead one are lost',
    );
  }

  /** Keeps one slot filled until all is stopped. `first`: what a refusal of the token is told. */
  async function keep(slot: Slot, first?: { opened(): void; refused(error: Error): void }): Promise<void> {
    let isFirst = first !== undefined;
    while (!life.signal.aborted) {
      try {
        const connection = await inLine(slot);
        if (!connection) return;
        if (isFirst) first?.opened();
        isFirst = false;
        const born = clock.now();
        await held(slot, connection);
        slot.failures = clock.now() - born < longLife ? slot.failures + 1 : 0;
        if (slot.failures > 1) await sleep(pause(slot));
      } catch (error) {
        if (first && isFirst && isRefusal(error)) return first.refused(error);
        await failed(slot, error);
      }
    }
  }

  async function failed(slot: Slot, error: unknown): Promise<void> {
    slot.failures += 1;
    const asked = error instanceof WebAPIRateLimitedError ? error.retryAfter * 1000 : 0;
    const again = Math.max(asked, pause(slot));
    const level = open() === 0 ? 'error' : 'warn';
    log[level]({ slot: slot.name, failures: slot.failures, again, open: open(), ...faultOf(error) }, 'no connection');
    await sleep(again);
  }

  function pause({ failures }: Slot): number {
    const most = Math.min(backoff.most, backoff.first * 2 ** (failures - 1));
    return Math.round(most * (0.5 + random() / 2));
  }

  /** Resolves when the slot needs another connection: this one is gone, silent, or asked to go. */
  async function held(slot: Slot, connection: Connection): Promise<void> {
    const { promise: silent, resolve } = Promise.withResolvers<string>();
    const unwatch = watch(connection, clock, () => resolve('silent'));
    const why = await Promise.race([connection.leaving, connection.closed.then(() => 'closed'), silent]);
    if (slot.connection === connection) slot.connection = undefined;
    if (why === 'silent' || why === 'closed') {
      unwatch();
      connection.cut();
    } else retire(connection, why, unwatch);
    if (!life.signal.aborted) log.info({ slot: slot.name, why, open: open() }, 'a connection to Slack is replaced');
    for (const wake of open() === 0 ? [...waitingApart] : []) wake();
  }

  /** Still read until Slack closes it, or for the time that what it brought needs to be acknowledged. */
  function retire(connection: Connection, why: string, unwatch: () => void): void {
    const cancel = clock.after(why === 'warning' ? grace.warning : grace.other, () => void connection.close(goodbye));
    const forget = (): void => {
      unwatch();
      cancel();
    };
    void connection.closed.then(forget);
  }

  let app: App | undefined;
  function appOf(): App {
    if (!app) throw new Error('not started');
    return app;
  }

  return {
    start(started) {
      app = started;
      const { promise, resolve, reject } = Promise.withResolvers<void>();
      const [first, ...others] = slots;
      const opened = (): void => {
        resolve();
        for (const slot of others) void keep(slot);
      };
      void keep(first!, { opened, refused: reject });
      return promise;
    },
    async stop() {
      life.abort();
      for (const wake of sleeping) wake();
      for (const slot of slots) slot.connection = undefined;
      await Promise.all([...alive].map((connection) => connection.close(goodbye)));
    },
    open,
  };
}

/** Calls `silent` once nothing has arrived for so many looks. Looks, not time: a process that slept heard nothing. */
function watch(connection: Connection, clock: Clock, silent: () => void): () => void {
  let heard = -1;
  let looks = 0;
  let cancel = clock.after(lookEvery, look);
  function look(): void {
    looks = connection.heard() === heard ? looks + 1 : 0;
    heard = connection.heard();
    if (looks < silentLooks) cancel = clock.after(lookEvery, look);
    else silent();
  }
  return () => cancel();
}

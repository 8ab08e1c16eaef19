// Record, then acknowledge, then work. What Slack was told we have, we have; what could not be recorded stays
// unacknowledged, so that Slack delivers it again or tells the person.
import type { App } from '@slack/bolt';
import type { Bot } from '../core/bot.ts';
import type { Clock } from '../core/ports.ts';
import type { Request } from '../core/request.ts';
import { faultOf, type Log } from './log.ts';
import { within } from './within.ts';

type ReceiverEvent = Parameters<App['processEvent']>[0];
/** One delivery on its way through Bolt; its listener acknowledges it or loses it. */
export type Delivery = { acknowledge(): Promise<void>; lost: boolean };

/** Thrown to the receiver when a delivery must not be acknowledged. */
export class NotRecorded extends Error {
  constructor() {
    super('not recorded');
    this.name = 'NotRecorded';
  }
}

/** Slack gives 3 s for the acknowledgement; recording may take 2 of them. */
const recording = 2000;

export type Gate = {
  /** Puts the gate between the app and its receiver. */
  guard(app: App): void;
  /** Accepts, acknowledges, then works. `begun` runs between the last two and returns what ends it. */
  take(request: Request, delivery: Delivery, begun: (request: Request) => () => void): Promise<void>;
  /** Takes nothing new, and resolves when Slack was told about all that was taken, or after the time it may take. */
  close(): Promise<void>;
  /** Resolves when all that was taken is done, or `deadline` ms have passed. */
  finished(deadline: number): Promise<void>;
};

/** The delivery a listener got through Bolt's context. */
export function deliveryOf(context: object): Delivery {
  const found: unknown = 'delivery' in context ? context.delivery : undefined;
  if (!isDelivery(found)) throw new Error('a delivery came past the gate');
  return found;
}

function isDelivery(value: unknown): value is Delivery {
  return typeof value === 'object' && value !== null && 'acknowledge' in value && 'lost' in value;
}

/** The gate of one app. */
export function gate(given: { bot: Pick<Bot, 'accept'>; clock: Clock; log: Log }): Gate {
  const { clock, log } = given;
  const open = new Set<Promise<unknown>>();
  const unanswered = new Set<Promise<unknown>>();
  let draining = false;

  function counted<T>(running: Promise<T>, among = open): Promise<T> {
    among.add(running);
    const forget = (): boolean => among.delete(running);
    running.then(forget, forget);
    return running;
  }

  async function enter(process: App['processEvent'], event: ReceiverEvent): Promise<void> {
    if (draining) throw new NotRecorded();
    let acked = false;
    const answered = Promise.withResolvers<void>();
    void counted(answered.promise, unanswered);
    const delivery: Delivery = {
      lost: false,
      async acknowledge() {
        if (acked) return;
        acked = true;
        await event.ack().finally(answered.resolve);
      },
    };
    try {
      await handed(process, event, delivery);
    } finally {
      answered.resolve();
    }
  }

  async function work(run: () => Promise<void>, request: Request): Promise<void> {
    try {
      await run();
    } catch (error) {
      log.error({ ...faultOf(error), request: request.id }, 'work on a request failed');
    }
  }

  return {
    guard(app) {
      const process = app.processEvent.bind(app);
      app.processEvent = (event) => counted(enter(process, event));
    },
    async take(request, delivery, begun) {
      const accepted = given.bot.accept(request);
      const taken = await within(clock, recording, accepted).catch((error: unknown) => {
        log.error({ ...faultOf(error), request: request.id }, 'a request could not be recorded');
        delivery.lost = true;
      });
      if (delivery.lost) {
        // Recorded after all, only too late to say so: then it is on record and gets done.
        void counted(
          accepted.then(
            (run) => run && work(run, request),
            () => undefined,
          ),
        );
        return;
      }
      await delivery.acknowledge().catch((error: unknown) => log.warn(faultOf(error), 'acknowledgement not sent'));
      if (!taken) return;
      const ended = begun(request);
      await work(taken, request).finally(ended);
    },
    async close() {
      draining = true;
      await within(clock, recording + 500, settled(unanswered)).catch(() =>
        log.warn('stopped with deliveries unanswered'),
      );
    },
    async finished(deadline) {
      await within(clock, deadline, settled(open)).catch(() => log.warn({ open: open.size }, 'stopped with work left'));
    },
  };
}

async function handed(process: App['processEvent'], event: ReceiverEvent, delivery: Delivery): Promise<void> {
  // Bolt acknowledges events before any listener runs: it gets an `ack` that does nothing, the listener the real one.
  await process({
    ...event,
    ack: () => Promise.resolve(),
    customProperties: { ...event.customProperties, delivery },
  });
  if (delivery.lost) throw new NotRecorded();
  await delivery.acknowledge();
}

async function settled(open: ReadonlySet<Promise<unknown>>): Promise<void> {
  while (open.size > 0) await Promise.allSettled(open);
}

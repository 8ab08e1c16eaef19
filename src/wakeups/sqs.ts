// Wake-ups as messages of a queue, for several processes at once: the queue delivers, the records decide.
import type { Clock, Wakeups } from '../core/ports.ts';
import { sqsQueue, type Message, type Queue } from './queue.ts';

export { permissions } from './queue.ts';

/** Handlers at once. */
const sideBySide = 128;
/** The longest delay of a message: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html */
const longestDelay = 900;
const lastRetry = 60;
/** After a queue that does not answer, seconds. */
const rest = 2;

type Log = { warn(about: object, message: string): void };
type Due = { id: string; at: number };
type Running = { more: Message[]; done: Promise<void> };

/**
 * Wake-ups in a queue. Longer waits hop: the next message is sent before the one at hand is deleted. A message is deleted
 * once its handler has succeeded; until then the queue delivers it again, after 1 s, 2 s, 4 s ... 60 s. One id never runs
 * twice at once here; another process may run it meanwhile.
 */
export function sqsWakeups({ queue, clock, log }: { queue: Queue; clock: Clock; log?: Log }): Wakeups {
  const running = new Map<string, Running>();
  /** What this process has asked for and is still ahead: equal ones need no second message. */
  const ahead = new Set<string>();
  const stopped = new AbortController();
  let handler: ((id: string) => Promise<void>) | undefined;
  let freed: (() => void) | undefined;
  let loop: Promise<void> | undefined;

  async function send({ id, at }: Due): Promise<void> {
    const delay = Math.min(longestDelay, Math.max(0, Math.ceil((at - clock.now()) / 1000)));
    await queue.send(JSON.stringify({ id, at }), delay);
  }

  async function poll(handle: (id: string) => Promise<void>): Promise<void> {
    while (!stopped.signal.aborted) {
      if (running.size >= sideBySide) {
        await new Promise<void>((resolve) => (freed = resolve));
        continue;
      }
      try {
        const messages = await queue.receive(Math.min(10, sideBySide - running.size), stopped.signal);
        for (const message of messages) take(message, handle);
      } catch (error) {
        if (stopped.signal.aborted) return;
        log?.warn({ err: error }, 'no wake-ups could be received');
        await new Promise<void>((resolve) => void clock.after(rest * 1000, resolve));
      }
    }
  }

  function take(message: Message, handle: (id: string) => Promise<void>): void {
    const due = read(message.body);
    if (!due) return drop(message);
    const busy = running.get(due.id);
    if (busy && due.at <= clock.now()) return void busy.more.push(message);
    const work = due.at > clock.now() ? hop(message, due) : run(message, due.id, handle);
    if (due.at > clock.now()) return void work;
  }

  /** What nobody can read stays in the queue, and so comes to its dead letters. */
  function drop(message: Message): void {
    log?.warn({ body: message.body.slice(0, 200) }, 'a message that is no wake-up');
  }

  async function hop(message: Message, due: Due): Promise<void> {
    try {
      await send(due);
      await queue.delete(message.receipt);
    } catch (error) {
      log?.warn({ err: error, id: due.id }, 'a wake-up could not be put off; it comes again');
    }
  }

  function run(first: Message, id: string, handle: (id: string) => Promise<void>): Promise<void> {
    const entry: Running = { more: [], done: Promise.resolve() };
    running.set(id, entry);
    entry.done = (async () => {
      let messages = [first];
      while (messages.length > 0) {
        await attempt(messages, id, handle);
        messages = entry.more.splice(0);
      }
      running.delete(id);
      freed?.();
    })();
    return entry.done;
  }

  async function attempt(messages: readonly Message[], id: string, handle: (id: string) => Promise<void>) {
    try {
      await handle(id);
      await Promise.all(messages.map(({ receipt }) => queue.delete(receipt)));
    } catch (error) {
      const tries = Math.max(...messages.map(({ received }) => received));
      const wait = Math.min(2 ** (tries - 1), lastRetry);
      log?.warn({ err: error, id, wait: wait * 1000 }, 'wake-up failed, will be repeated');
      const [one, ...more] = messages;
      await Promise.all([queue.putOff(one!.receipt, wait), ...more.map(({ receipt }) => queue.delete(receipt))]).catch(
        (second: unknown) => log?.warn({ err: second, id }, 'wake-up could not be put off; it comes again'),
      );
    }
  }

  return {
    async at(id, time) {
      if (stopped.signal.aborted && running.size === 0) throw new Error('The wake-ups are closed');
      const at = Math.ceil(time);
      const key = `${at} ${id}`;
      if (at > clock.now()) {
        if (ahead.has(key)) return;
        ahead.add(key);
        clock.after(at - clock.now(), () => ahead.delete(key));
      }
      try {
        await send({ id, at });
      } catch (error) {
        ahead.delete(key);
        throw error;
      }
    },
    start(given) {
      if (handler) throw new Error('Wake-ups were started before');
      handler = given;
      loop = poll(given);
    },
    async close() {
      stopped.abort();
      freed?.();
      while (running.size > 0) await Promise.all([...running.values()].map(({ done }) => done));
      await loop;
      queue.close();
    },
  };
}

/** The same over the queue at an address. Throws a ConfigError where there is none. */
export async function sqs(options: { url: string; region: string; clock: Clock; log?: Log }): Promise<Wakeups> {
  const { clock, log } = options;
  return sqsWakeups({ queue: await sqsQueue(options), clock, ...(log ? { log } : {}) });
}

function read(body: string): Due | undefined {
  try {
    const { id, at } = JSON.parse(body) as Partial<Due>;
    return typeof id === 'string' && typeof at === 'number' ? { id, at } : undefined;
  } catch {
    return undefined;
  }
}

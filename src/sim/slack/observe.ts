// Looking at the workspace: what was said and shown, and waiting for it without polling.
import { clickables } from './clickables.ts';
import { shownText, story } from './shown.ts';
import { conversationOf, personOf, type Change, type Message, type View, type World } from './state.ts';

export type WaitOptions = {
  /** Default 5 seconds. */
  timeoutMs?: number;
  /** Only what was posted or changed after this `seq` (see `mark`, and `since` of what people did). Default: anything. */
  since?: number;
};

const copy = <T>(value: T): T => structuredClone(value);

/** The observing half of the simulated workspace. Messages and views it returns are copies. */
export function observing(world: World) {
  function inChannel(idOrName: string): string {
    const found = conversationOf(world, idOrName);
    if (!found)
      throw new Error(`no channel ${idOrName}: ${[...world.channels.values()].map((one) => one.name).join(', ')}`);
    return found.id;
  }

  function waitFor<T>(look: (change?: Change) => T | undefined, what: string, timeoutMs: number): Promise<T> {
    const { promise, resolve, reject } = Promise.withResolvers<T>();
    const finish = (): void => {
      clearTimeout(timer);
      world.listeners.delete(check);
    };
    const check = (change?: Change): void => {
      try {
        const found = look(change);
        if (found === undefined) return;
        finish();
        resolve(copy(found));
      } catch (error) {
        finish();
        reject(error instanceof Error ? error : new Error(String(error)));
      }
    };
    const timer = setTimeout(() => {
      finish();
      reject(new Error(`${what} did not come within ${timeoutMs} ms. What was said:\n${story(world)}`));
    }, timeoutMs);
    world.listeners.add(check);
    check();
    return promise;
  }

  return {
    /** Messages everybody in a channel sees, in posting order. */
    messages: (channel: string): Message[] =>
      copy(world.messages.filter((one) => one.channel === inChannel(channel) && !one.ephemeral && !one.deleted)),
    /** A thread with its first message, in posting order. */
    thread: (channel: string, ts: string): Message[] =>
      copy(
        world.messages.filter(
          (one) =>
            one.channel === inChannel(channel) &&
            !one.deleted &&
            !one.ephemeral &&
            (one.ts === ts || one.thread_ts === ts),
        ),
      ),
    /** What only this person sees, in posting order. */
    ephemerals: (user: string): Message[] => {
      const { id } = personOf(world, user);
      return copy(world.messages.filter((one) => one.ephemeral === id && !one.deleted));
    },
    /** The status under a thread ("is thinking…"), or nothing. */
    status: (channel: string, thread: string): string | undefined =>
      world.statuses.get(`${inChannel(channel)}:${thread}`),
    /** The message as it is now, or nothing when it is gone. */
    current: (message: Pick<Message, 'order'>): Message | undefined =>
      copy(world.messages.find((one) => one.order === message.order && !one.deleted)),
    /** Views a person has open, the topmost last. */
    views: (user: string): View[] => copy(world.views.get(personOf(world, user).id) ?? []),
    home: (user: string): View | undefined => copy(world.homes.get(personOf(world, user).id)),
    clickables,
    shownText,
    /** Now, as a `since` for `until`. */
    mark: (): number => world.seq,
    /** Calls back on every post, change, deletion, reaction, status and view; returns what stops it. */
    onChange(listener: (change: Change) => void): () => void {
      const told = (change: Change): void => listener(copy(change));
      world.listeners.add(told);
      return () => world.listeners.delete(told);
    },
    /** The newest message (posted, updated or ephemeral) that satisfies; waits for it. Rejects with what was said instead. */
    until(satisfies: (message: Message) => boolean, options: WaitOptions = {}): Promise<Message> {
      const { timeoutMs = 5_000, since = 0 } = options;
      const fits = (one: Message): boolean => !one.deleted && one.seq > since && satisfies(one);
      const look = (change?: Change): Message | undefined => {
        if (!change) return world.messages.findLast(fits);
        return change.kind === 'posted' || change.kind === 'updated' ? [change.message].find(fits) : undefined;
      };
      return waitFor(look, 'The message', timeoutMs);
    },
    /** The view a person gets to see (one that is already open counts); waits for it. */
    untilView(user: string, satisfies: (view: View) => boolean = () => true, options: { timeoutMs?: number } = {}) {
      const { id, name } = personOf(world, user);
      const look = (): View | undefined => (world.views.get(id) ?? []).findLast(satisfies);
      return waitFor(look, `A view for ${name}`, options.timeoutMs ?? 5_000);
    },
    /** Waits until the workspace as a whole satisfies, looked at after each change. */
    untilTrue(satisfies: () => boolean, options: { timeoutMs?: number; what?: string } = {}): Promise<true> {
      const look = (): true | undefined => satisfies() || undefined;
      return waitFor(look, options.what ?? 'What was waited for', options.timeoutMs ?? 5_000);
    },
  };
}

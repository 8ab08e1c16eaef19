// A Store and Wakeups without a file, for tests of what uses them; they pass the same contracts.
import type { Clock, Store, Wakeups } from '../src/core/ports.ts';

type Entry = { json: string; rev: number; expires: number };

/** A Store that forgets everything when the process ends. */
export function memoryStore(clock: Clock): Store {
  const entries = new Map<string, Entry>();
  let closed = false;

  function live(key: string): Entry | undefined {
    if (closed) throw new Error('The store is closed');
    const entry = entries.get(key);
    return entry && entry.expires > clock.now() ? entry : undefined;
  }

  return {
    async get<T>(key: string) {
      const entry = live(key);
      return entry && record<T>(entry);
    },
    async put(key, value, { ifRev, expires = Infinity } = {}) {
      const rev = live(key)?.rev ?? 0;
      const json: string | undefined = JSON.stringify(value);
      if (json === undefined) throw new TypeError(`${key}: the value is not JSON`);
      if (ifRev !== undefined && ifRev !== rev) return undefined;
      entries.set(key, { json, rev: rev + 1, expires });
      return rev + 1;
    },
    async delete(key, ifRev) {
      const rev = live(key)?.rev ?? 0;
      if (ifRev !== undefined && ifRev !== rev) return false;
      entries.delete(key);
      return true;
    },
    async list<T>(prefix: string) {
      live(prefix);
      const found: { key: string; value: T; rev: number }[] = [];
      for (const key of entries.keys()) {
        const entry = key.startsWith(prefix) ? live(key) : undefined;
        if (entry) found.push({ key, ...record<T>(entry) });
      }
      return found.toSorted((a, b) => Buffer.compare(Buffer.from(a.key), Buffer.from(b.key)));
    },
    async close() {
      closed = true;
    },
  };
}

function record<T>(entry: Entry): { value: T; rev: number } {
  const value: T = JSON.parse(entry.json);
  return { value, rev: entry.rev };
}

type Row = { id: string; due: number; attempts: number };

/** Wakeups that forget everything when the process ends. */
export function memoryWakeups(clock: Clock): Wakeups {
  let rows: Row[] = [];
  const running = new Map<string, Promise<void>>();
  let handler: ((id: string) => Promise<void>) | undefined;
  let cancel: (() => void) | undefined;
  let closed = false;

  function add(row: Row): void {
    rows = [...rows.filter((other) => other.id !== row.id || other.due !== row.due), row];
  }

  function tick(): void {
    cancel?.();
    if (closed || !handler) return;
    const idle = rows.filter((row) => !running.has(row.id)).toSorted((a, b) => a.due - b.due);
    for (const { id, due } of idle) {
      if (due > clock.now()) {
        cancel = clock.after(due - clock.now(), tick);
        return;
      }
      if (running.size < 128 && !running.has(id)) running.set(id, run(id, handler));
    }
  }

  async function run(id: string, handle: (id: string) => Promise<void>): Promise<void> {
    await Promise.resolve();
    const covered = rows.filter((row) => row.id === id && row.due <= clock.now());
    const retry = await handle(id).then(
      () => undefined,
      () => Math.max(...covered.map((row) => row.attempts)),
    );
    rows = rows.filter((row) => !covered.includes(row));
    if (retry !== undefined) {
      add({ id, due: clock.now() + Math.min(1_000 * 2 ** retry, 60_000), attempts: retry + 1 });
    }
    running.delete(id);
    tick();
  }

  return {
    async at(id, time) {
      if (closed && running.size === 0) throw new Error('The wake-ups are closed');
      add({ id, due: Math.ceil(time), attempts: 0 });
      tick();
    },
    start(given) {
      if (handler) throw new Error('Wake-ups were started before');
      handler = given;
      tick();
    },
    async close() {
      closed = true;
      cancel?.();
      while (running.size > 0) await Promise.all(running.values());
    },
  };
}

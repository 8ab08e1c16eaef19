// Wake-ups in a SQLite table and one timer.
import type { DatabaseSync } from 'node:sqlite';
import type { Clock, Wakeups } from '../core/ports.ts';
import { openFile } from '../sqlite-file.ts';

/** Handlers at once. */
const sideBySide = 128;
const firstRetry = 1_000;
const lastRetry = 60_000;
/** The longest single wait, so that a system clock that was set or slept is noticed. */
const longestWait = 60 * 60_000;

// A new row always gets a new seq: what was asked for while a handler ran is never deleted when that handler ends.
const schema = `
  CREATE TABLE IF NOT EXISTS wakeups (seq INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL, due INTEGER NOT NULL,
    attempts INTEGER NOT NULL DEFAULT 0, UNIQUE (id, due));
  CREATE INDEX IF NOT EXISTS wakeups_due ON wakeups (due, seq);`;

type Log = { warn(about: object, message: string): void };
type Next = { due: string[]; wait?: number };

/**
 * Wake-ups kept in the file at `path`, which may be the store's; the store's lock is what keeps a second process out.
 * A handler that throws is called again after 1 s, 2 s, 4 s ... 60 s. Ids run side by side, one id never twice at once.
 */
export function sqliteWakeups({ path, clock, log }: { path: string; clock: Clock; log?: Log }): Wakeups {
  const file = openFile(path, schema);
  const sql = statements(file.db);
  const running = new Map<string, Promise<void>>();
  let handler: ((id: string) => Promise<void>) | undefined;
  let cancel: (() => void) | undefined;
  let closing = false;

  function next(now: number): Next {
    const due: string[] = [];
    for (const row of sql.inOrder.iterate()) {
      const id = String(row['id']);
      if (running.has(id) || due.includes(id)) continue;
      const wait = Number(row['due']) - now;
      if (wait > 0) return { due, wait: Math.min(wait, longestWait) };
      if (running.size + due.length >= sideBySide) return { due };
      due.push(id);
    }
    return { due };
  }

  function tick(): void {
    cancel?.();
    cancel = undefined;
    if (closing || !handler) return;
    const { due, wait } = next(clock.now());
    for (const id of due) running.set(id, run(id, handler));
    if (wait !== undefined) cancel = clock.after(wait, tick);
  }

  async function run(id: string, handle: (id: string) => Promise<void>): Promise<void> {
    const now = clock.now();
    const covered = sql.covered.get(id, now);
    const attempts = Number(covered?.['attempts'] ?? 0);
    const forget = (): unknown => sql.forget.run(id, now, Number(covered?.['seq'] ?? 0));
    try {
      await handle(id);
      await file.write(forget);
    } catch (error) {
      const wait = Math.min(firstRetry * 2 ** attempts, lastRetry);
      log?.warn({ err: error, id, wait }, 'wake-up failed, will be repeated');
      await again(id, wait, () => {
        forget();
        sql.add.run(id, clock.now() + wait, attempts + 1);
      });
    }
    running.delete(id);
    tick();
  }

  /** Writes the retry; where even that fails the row is still there, and the id rests in memory instead. */
  async function again(id: string, wait: number, retry: () => void): Promise<void> {
    try {
      await file.write(retry);
    } catch (error) {
      log?.warn({ err: error, id }, 'wake-up could not be put off');
      if (!closing) await new Promise<void>((rested) => clock.after(wait, rested));
    }
  }

  return {
    async at(id, time) {
      await file.write(() => sql.add.run(id, Math.ceil(time), 0));
      tick();
    },
    start(given) {
      if (handler) throw new Error('Wake-ups were started before');
      handler = given;
      tick();
    },
    async close() {
      closing = true;
      cancel?.();
      while (running.size > 0) await Promise.all(running.values());
      await file.close();
    },
  };
}

function statements(db: DatabaseSync) {
  return {
    add: db.prepare('INSERT OR REPLACE INTO wakeups (id, due, attempts) VALUES (?, ?, ?)'),
    inOrder: db.prepare('SELECT id, due FROM wakeups ORDER BY due, seq'),
    covered: db.prepare('SELECT max(seq) AS seq, max(attempts) AS attempts FROM wakeups WHERE id = ? AND due <= ?'),
    forget: db.prepare('DELETE FROM wakeups WHERE id = ? AND due <= ? AND seq <= ?'),
  };
}

// One SQLite file with durable writes that share commits; the store and the wake-ups are tables in it.
import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { ConfigError } from './core/errors.ts';

export type SqliteFile = {
  db: DatabaseSync;
  /** What `run` returned, once it is on disk. Runs of one turn of the event loop share a commit, in order. */
  write<T>(run: () => T): Promise<T>;
  /** Commits what was asked for, then closes; a second call does nothing. */
  close(): Promise<void>;
};

/** `run` returns what tells the caller, once the commit is on disk. */
type Write = { run: () => () => void; reject: (reason: unknown) => void };

/** Opens or creates a file in plain WAL mode (https://sqlite.org/wal.html). Throws ConfigError when it cannot. */
export function openFile(path: string, schema: string): SqliteFile {
  const db = openDatabase(path, `PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; ${schema}`);
  let waiting: Write[] = [];
  let closed = false;

  function flush(): void {
    const writes = waiting;
    waiting = [];
    if (writes.length > 0) commit(db, writes);
  }

  return {
    db,
    write<T>(run: () => T): Promise<T> {
      if (closed) return Promise.reject(new Error(`${path} is closed`));
      if (waiting.length === 0) setImmediate(flush);
      return new Promise<T>((resolve, reject) => {
        const told = (): (() => void) => {
          const result = run();
          return () => resolve(result);
        };
        waiting.push({ run: told, reject });
      });
    },
    close(): Promise<void> {
      if (closed) return Promise.resolve();
      closed = true;
      flush();
      db.close();
      return Promise.resolve();
    },
  };
}

/** Opens a database and runs `setup` on it. Throws ConfigError naming the path and SQLite's reason. */
export function openDatabase(path: string, setup: string, timeout = 5_000): DatabaseSync {
  let db: DatabaseSync | undefined;
  try {
    mkdirSync(dirname(path), { recursive: true });
    db = new DatabaseSync(path, { timeout });
    db.exec(setup);
    return db;
  } catch (cause) {
    db?.close();
    const reason = cause instanceof Error ? cause.message : String(cause);
    const problem = new ConfigError([`environment STORE: cannot open ${path}: ${reason}`]);
    problem.cause = cause;
    throw problem;
  }
}

/** Opens a database that is there, for reading alone. Throws ConfigError naming the path and SQLite's reason. */
export function openReadOnly(path: string): DatabaseSync {
  try {
    return new DatabaseSync(path, { readOnly: true, timeout: 5_000 });
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new ConfigError([`environment STORE: cannot read ${path}: ${reason}`]);
  }
}

/** One transaction; a run that throws fails alone, a commit that fails fails them all. */
function commit(db: DatabaseSync, writes: readonly Write[]): void {
  const settle: (() => void)[] = [];
  try {
    db.exec('BEGIN IMMEDIATE');
    for (const { run, reject } of writes) {
      try {
        settle.push(run());
      } catch (reason) {
        // SQLite gives up the whole transaction on some errors (disk full, I/O), and then nothing was written.
        if (!db.isTransaction) throw reason;
        settle.push(() => reject(reason));
      }
    }
    db.exec('COMMIT');
  } catch (reason) {
    if (db.isTransaction) db.exec('ROLLBACK');
    for (const { reject } of writes) reject(reason);
    return;
  }
  for (const done of settle) done();
}

// Records in one SQLite file, for one process at a time.
import { parse } from 'node:path';
import type { DatabaseSync, SQLOutputValue } from 'node:sqlite';
import { ConfigError } from '../core/errors.ts';
import type { Clock, Store } from '../core/ports.ts';
import { openDatabase, openFile, openReadOnly, type SqliteFile } from '../sqlite-file.ts';

const purgeEvery = 10 * 60_000;
const schema = `
  CREATE TABLE IF NOT EXISTS records (key TEXT PRIMARY KEY, value TEXT NOT NULL, rev INTEGER NOT NULL, expires INTEGER);
  CREATE INDEX IF NOT EXISTS records_expires ON records (expires) WHERE expires IS NOT NULL;`;

/**
 * A Store in the file at `path`, created when missing. Values are JSON. Throws ConfigError when the file cannot be
 * opened or another process holds it; other processes may still read it.
 */
export function sqlite({ path, clock }: { path: string; clock: Clock }): Store {
  const { file, lock } = openLocked(path);
  const sql = statements(file.db);
  let purgeAt = clock.now();
  let closed = false;

  function revOf(key: string): number {
    return Number(sql.get.get(key, clock.now())?.['rev'] ?? 0);
  }
  function purge(): void {
    if (clock.now() < purgeAt) return;
    purgeAt = clock.now() + purgeEvery;
    sql.purge.run(clock.now());
  }
  function refuseClosed(): void {
    if (closed) throw new Error('The store is closed');
  }

  return {
    async get<T>(key: string) {
      refuseClosed();
      return find<T>(sql, key, clock.now());
    },
    async put(key, value, { ifRev, expires } = {}) {
      refuseClosed();
      const json = toJson(key, value);
      return file.write(() => {
        purge();
        const rev = revOf(key);
        if (ifRev !== undefined && ifRev !== rev) return undefined;
        sql.put.run(key, json, rev + 1, expires ?? null);
        return rev + 1;
      });
    },
    async delete(key, ifRev) {
      refuseClosed();
      return file.write(() => {
        if (ifRev !== undefined && ifRev !== revOf(key)) return false;
        sql.delete.run(key);
        return true;
      });
    },
    async list<T>(prefix: string) {
      refuseClosed();
      return under<T>(sql, prefix, clock.now());
    },
    async close() {
      if (closed) return;
      closed = true;
      await file.close();
      lock.close();
    },
  };
}

/**
 * What is in the file at `path`, also while a bot writes to it; nothing can be changed. Throws ConfigError when there is no
 * such file.
 */
export function sqliteReader({ path, clock }: { path: string; clock: Clock }): Pick<Store, 'get' | 'list' | 'close'> {
  const db = openReadOnly(path);
  const sql = statements(db);
  return {
    get: async <T>(key: string) => find<T>(sql, key, clock.now()),
    list: async <T>(prefix: string) => under<T>(sql, prefix, clock.now()),
    close: async () => db.close(),
  };
}

type Statements = ReturnType<typeof statements>;

function find<T>(sql: Statements, key: string, now: number): { value: T; rev: number } | undefined {
  const row = sql.get.get(key, now);
  return row && record<T>(row);
}

function under<T>(sql: Statements, prefix: string, now: number): { key: string; value: T; rev: number }[] {
  const found: { key: string; value: T; rev: number }[] = [];
  for (const row of sql.from.iterate(prefix, now)) {
    const key = String(row['key']);
    if (!key.startsWith(prefix)) break;
    found.push({ key, ...record<T>(row) });
  }
  return found;
}

function statements(db: DatabaseSync) {
  const live = '(expires IS NULL OR expires > ?)';
  return {
    get: db.prepare(`SELECT key, value, rev FROM records WHERE key = ? AND ${live}`),
    from: db.prepare(`SELECT key, value, rev FROM records WHERE key >= ? AND ${live} ORDER BY key`),
    put: db.prepare('INSERT OR REPLACE INTO records (key, value, rev, expires) VALUES (?, ?, ?, ?)'),
    delete: db.prepare('DELETE FROM records WHERE key = ?'),
    purge: db.prepare('DELETE FROM records WHERE expires <= ?'),
  };
}

function openLocked(path: string): { file: SqliteFile; lock: DatabaseSync } {
  const lock = holdLock(path);
  try {
    return { file: openFile(path, schema), lock };
  } catch (error) {
    lock.close();
    throw error;
  }
}

/**
 * Holds `<name>.lock` beside the file until closed or until the process dies, however it dies. A database of its own,
 * because an exclusive lock on the records would also shut out commands that only read.
 */
function holdLock(path: string): DatabaseSync {
  const { dir, name } = parse(path);
  const lock = `${dir || '.'}/${name}.lock`;
  try {
    return openDatabase(lock, 'PRAGMA locking_mode=EXCLUSIVE; BEGIN EXCLUSIVE; COMMIT', 0);
  } catch (error) {
    if (!isBusy(error)) throw error;
    throw new ConfigError([
      `environment STORE: ${path} is in use by another OpsJack process; stop that one, or give this one a file of its own`,
    ]);
  }
}

/** https://sqlite.org/rescode.html#busy */
function isBusy(error: unknown): boolean {
  const cause = error instanceof Error ? error.cause : undefined;
  return cause instanceof Error && 'errcode' in cause && Number(cause.errcode) % 256 === 5;
}

function record<T>(row: Record<string, SQLOutputValue>): { value: T; rev: number } {
  const value: T = JSON.parse(String(row['value']));
  return { value, rev: Number(row['rev']) };
}

function toJson(key: string, value: unknown): string {
  const json: string | undefined = JSON.stringify(value);
  if (json === undefined) throw new TypeError(`${key}: the value is not JSON`);
  return json;
}

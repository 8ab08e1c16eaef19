// Wake-ups a second: each written, called and forgotten, beside the same rows written and deleted with nothing between.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openFile } from '../../src/sqlite-file.ts';
import { sqliteWakeups } from '../../src/wakeups/sqlite.ts';
import { rounded } from './numbers.ts';

const count = 5_000;
const ids = Array.from({ length: count }, (_, at) => `plan_${at}`);
const clock = {
  now: () => Date.now(),
  after(ms: number, work: () => void) {
    const timer = setTimeout(work, ms);
    return () => clearTimeout(timer);
  },
};

export async function wakings(): Promise<{ wakeups_a_second: number; rows_a_second: number }> {
  const folder = mkdtempSync(join(tmpdir(), 'opsjack-bench-'));
  try {
    return {
      wakeups_a_second: await perSecond(() => woken(join(folder, 'wakeups.db'))),
      rows_a_second: await perSecond(() => rows(join(folder, 'rows.db'))),
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function perSecond(work: () => Promise<void>): Promise<number> {
  const begun = performance.now();
  await work();
  return rounded((count * 1000) / (performance.now() - begun), 0);
}

async function woken(path: string): Promise<void> {
  const wakeups = sqliteWakeups({ path, clock });
  const left = new Set(ids);
  const { promise, resolve } = Promise.withResolvers<void>();
  wakeups.start((id) => {
    left.delete(id);
    if (left.size === 0) resolve();
    return Promise.resolve();
  });
  await Promise.all(ids.map((id) => wakeups.at(id, clock.now())));
  await promise;
  await wakeups.close();
}

async function rows(path: string): Promise<void> {
  const file = openFile(path, 'CREATE TABLE IF NOT EXISTS rows (id TEXT PRIMARY KEY, due INTEGER NOT NULL)');
  const add = file.db.prepare('INSERT INTO rows (id, due) VALUES (?, ?)');
  const forget = file.db.prepare('DELETE FROM rows WHERE id = ?');
  await Promise.all(ids.map((id) => file.write(() => add.run(id, 0))));
  await Promise.all(ids.map((id) => file.write(() => forget.run(id))));
  await file.close();
}

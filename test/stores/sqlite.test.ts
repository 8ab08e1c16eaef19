import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, it, onTestFinished } from 'vitest';
import { ConfigError } from '../../src/core/errors.ts';
import { sqlite } from '../../src/stores/sqlite.ts';
import { sqliteWakeups } from '../../src/wakeups/sqlite.ts';
import { settle, testClock } from '../clock.ts';
import { storeContract } from '../contracts/store.ts';
import { folder } from '../folder.ts';

storeContract('sqlite', (clock) => sqlite({ path: join(folder(), 'opsjack.db'), clock }));

it('keeps records, revs and expiry over a restart', async () => {
  const path = join(folder(), 'deep', 'er', 'opsjack.db');
  const clock = testClock();
  const before = sqlite({ path, clock });
  await before.put('a', 'one');
  await before.put('a', 'two');
  await before.put('short', 1, { expires: clock.now() + 1_000 });
  await before.put('long', 1, { expires: clock.now() + 9_000 });
  await before.close();
  await clock.advance(1_000);

  const after = sqlite({ path, clock });
  onTestFinished(() => after.close());

  expect(await after.get('a')).toEqual({ value: 'two', rev: 2 });
  expect((await after.list('')).map(({ key }) => key)).toEqual(['a', 'long']);
});

it('has what it was asked to put when it is closed in the same turn', async () => {
  const path = join(folder(), 'opsjack.db');
  const before = sqlite({ path, clock: testClock() });
  const put = before.put('a', 1);
  await before.close();
  expect(await put).toBe(1);

  const after = sqlite({ path, clock: testClock() });
  onTestFinished(() => after.close());

  expect((await after.get('a'))?.value).toBe(1);
});

it('is refused to a second store while the first is open, and is free afterwards', async () => {
  const path = join(folder(), 'opsjack.db');
  const first = sqlite({ path, clock: testClock() });

  expect(() => sqlite({ path, clock: testClock() })).toThrow(ConfigError);
  expect(() => sqlite({ path, clock: testClock() })).toThrow('in use by another OpsJack process');
  await first.close();
  await sqlite({ path, clock: testClock() }).close();
});

it('is refused to a second process; after kill -9 of the first it is free and has every record and wake-up that was acknowledged', async () => {
  const path = join(folder(), 'opsjack.db');
  const child = await holder(path);
  expect(() => sqlite({ path, clock: testClock() })).toThrow('in use by another OpsJack process');
  child.kill('SIGKILL');
  await once(child, 'exit');

  const store = sqlite({ path, clock: testClock() });
  onTestFinished(() => store.close());

  expect(await store.list('plan/')).toEqual([
    { key: 'plan/1', value: { state: 'agreed' }, rev: 1 },
    { key: 'plan/2', value: { state: 'proposed' }, rev: 1 },
  ]);
  const wakeups = sqliteWakeups({ path, clock: testClock() });
  onTestFinished(() => wakeups.close());
  const calls: string[] = [];
  wakeups.start(async (id) => void calls.push(id));
  await settle();
  expect(calls).toEqual(['plan/1']);
});

it('can be read by others while it is open', async () => {
  const path = join(folder(), 'opsjack.db');
  const store = sqlite({ path, clock: testClock() });
  onTestFinished(() => store.close());
  await store.put('a', 'seen');

  const reader = new DatabaseSync(path, { readOnly: true });
  onTestFinished(() => reader.close());

  expect(reader.prepare('SELECT value FROM records').all()).toEqual([{ value: '"seen"' }]);
});

it('removes expired records from the file now and then', async () => {
  const path = join(folder(), 'opsjack.db');
  const clock = testClock();
  const store = sqlite({ path, clock });
  onTestFinished(() => store.close());
  await store.put('text', 'forget me', { expires: clock.now() + 1 });
  await store.put('kept', 1, { expires: clock.now() + 86_400_000 });

  await clock.advance(3_600_000);
  await store.put('other', 1);

  const reader = new DatabaseSync(path, { readOnly: true });
  onTestFinished(() => reader.close());
  expect(reader.prepare('SELECT key FROM records ORDER BY key').all()).toEqual([{ key: 'kept' }, { key: 'other' }]);
});

it('writes durably: WAL, one commit for the writes of one turn', async () => {
  const path = join(folder(), 'opsjack.db');
  const store = sqlite({ path, clock: testClock() });
  onTestFinished(() => store.close());
  const reader = new DatabaseSync(path, { readOnly: true });
  onTestFinished(() => reader.close());
  const version = reader.prepare('PRAGMA data_version');
  const seen = new Set([version.get()?.['data_version']]);

  const puts = Array.from({ length: 50 }, async (_, number) => {
    await store.put(`k/${number}`, number);
    seen.add(version.get()?.['data_version']);
    return reader.prepare('SELECT count(*) AS count FROM records').get()?.['count'];
  });

  expect(new Set(await Promise.all(puts))).toEqual(new Set([50]));
  expect(seen.size).toBe(2);
  expect(reader.prepare('PRAGMA journal_mode').get()).toEqual({ journal_mode: 'wal' });
});

it('fails a write that SQLite refuses alone, and goes on', async () => {
  const store = sqlite({ path: join(folder(), 'opsjack.db'), clock: testClock() });
  onTestFinished(() => store.close());
  const notANumber: number = JSON.parse('{}');
  const bad = store.put('bad', 1, { expires: notANumber });
  const good = store.put('good', 1);

  await expect(bad).rejects.toThrow('cannot be bound');
  expect(await good).toBe(1);
  expect(await store.put('later', 1)).toBe(1);
});

it('says what is wrong with a file that is no database, or a folder that is none', () => {
  const dir = folder();
  writeFileSync(join(dir, 'text.db'), 'this is not a database, but long enough to look at: '.repeat(20));
  mkdirSync(join(dir, 'folder.db'));

  expect(() => sqlite({ path: join(dir, 'text.db'), clock: testClock() })).toThrow(/STORE.*text\.db.*not a database/);
  expect(() => sqlite({ path: join(dir, 'folder.db'), clock: testClock() })).toThrow(ConfigError);
  expect(() => sqlite({ path: join(dir, 'text.db', 'x.db'), clock: testClock() })).toThrow(ConfigError);
  expect(() => sqlite({ path: join(dir, 'text.db'), clock: testClock() })).not.toThrow('in use');
});

/** A child process that holds the store at `path` and has written to it. */
async function holder(path: string): Promise<ChildProcess> {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'holder.ts'), path], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  await once(child.stdout, 'data');
  return child;
}

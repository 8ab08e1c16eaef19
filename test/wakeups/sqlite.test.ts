import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, it, onTestFinished } from 'vitest';
import { sqlite } from '../../src/stores/sqlite.ts';
import { sqliteWakeups } from '../../src/wakeups/sqlite.ts';
import { settle, testClock } from '../clock.ts';
import { wakeupsContract } from '../contracts/wakeups.ts';
import { folder } from '../folder.ts';

wakeupsContract('sqlite', (clock) => sqliteWakeups({ path: join(folder(), 'opsjack.db'), clock }));

it('keeps wake-ups over a restart, and calls those that fell due meanwhile', async () => {
  const path = join(folder(), 'opsjack.db');
  const clock = testClock();
  const before = sqliteWakeups({ path, clock });
  before.start(async () => {});
  await before.at('missed', clock.now() + 1_000);
  await before.at('ahead', clock.now() + 60_000);
  await before.close();
  await clock.advance(5_000);

  const after = sqliteWakeups({ path, clock });
  onTestFinished(() => after.close());
  const calls: string[] = [];
  after.start(async (id) => void calls.push(id));
  await settle();
  expect(calls).toEqual(['missed']);
  await clock.advance(60_000);

  expect(calls).toEqual(['missed', 'ahead']);
});

it('has the wake-up in the file while its handler runs, and not after', async () => {
  const path = join(folder(), 'opsjack.db');
  const clock = testClock();
  const wakeups = sqliteWakeups({ path, clock });
  onTestFinished(() => wakeups.close());
  const reader = new DatabaseSync(path, { readOnly: true });
  onTestFinished(() => reader.close());
  const rows = reader.prepare('SELECT id FROM wakeups');
  const during: unknown[] = [];
  wakeups.start(async () => void during.push(...rows.all()));

  await wakeups.at('a', clock.now());
  await settle();

  expect(during).toEqual([{ id: 'a' }]);
  expect(rows.all()).toEqual([]);
});

it('goes on counting failures over a restart, and logs each with its id', async () => {
  const path = join(folder(), 'opsjack.db');
  const clock = testClock();
  const warnings: object[] = [];
  const log = { warn: (about: object) => void warnings.push(about) };
  const before = sqliteWakeups({ path, clock, log });
  before.start(failing);
  await before.at('a', clock.now());
  await clock.advance(1_000);
  await before.close();

  const after = sqliteWakeups({ path, clock, log });
  onTestFinished(() => after.close());
  after.start(failing);
  await clock.advance(1_999);
  expect(warnings).toMatchObject([
    { id: 'a', wait: 1_000 },
    { id: 'a', wait: 2_000 },
  ]);
  await clock.advance(1);

  expect(warnings.at(-1)).toMatchObject({ id: 'a', wait: 4_000, err: new Error('no') });
});

it('keeps a wake-up whose handler was cut off by the end of the process', async () => {
  const path = join(folder(), 'opsjack.db');
  const clock = testClock();
  const cutOff = sqliteWakeups({ path, clock });
  cutOff.start(() => new Promise(() => {}));
  await cutOff.at('a', clock.now());
  await settle();

  const next = sqliteWakeups({ path, clock });
  onTestFinished(() => next.close());
  const calls: string[] = [];
  next.start(async (id) => void calls.push(id));
  await settle();

  expect(calls).toEqual(['a']);
});

it('shares its file with the store', async () => {
  const path = join(folder(), 'opsjack.db');
  const clock = testClock();
  const store = sqlite({ path, clock });
  onTestFinished(() => store.close());
  const wakeups = sqliteWakeups({ path, clock });
  onTestFinished(() => wakeups.close());
  wakeups.start(async (id) => {
    const record = await store.get<number>(id);
    await store.put(id, (record?.value ?? 0) + 1);
  });

  await Promise.all(
    Array.from({ length: 30 }, async (_, number) => {
      await store.put(`id/${number % 3}`, 0);
      await wakeups.at(`id/${number % 3}`, clock.now() + number);
    }),
  );
  await clock.advance(100);

  expect((await store.list('id/')).map(({ value }) => value)).toEqual([10, 10, 10]);
});

async function failing(): Promise<void> {
  throw new Error('no');
}

import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { audit } from '../../src/core/audit.ts';
import type { Store } from '../../src/core/ports.ts';
import { sqlite } from '../../src/stores/sqlite.ts';
import { testClock } from '../clock.ts';
import { folder } from '../folder.ts';

const run = promisify(execFile);

type Ran = { code: number; lines: Record<string, unknown>[]; err: string };

async function command(path: string, ...args: string[]): Promise<Ran> {
  const env = { PATH: process.env['PATH'], STORE: `sqlite:${path}` };
  const ran = await run(process.execPath, ['src/audit.ts', ...args], { env }).then(
    ({ stdout, stderr }) => ({ code: 0, stdout, stderr }),
    (error: { code: number; stdout: string; stderr: string }) => error,
  );
  const lines = ran.stdout.split('\n').filter((line) => line.startsWith('{'));
  return { code: ran.code, err: ran.stderr, lines: lines.map((line) => JSON.parse(line) as Record<string, unknown>) };
}

describe('npm run audit', () => {
  let path: string;
  let store: Store;

  beforeEach(async () => {
    const clock = testClock(Date.UTC(2026, 10, 23, 9));
    path = join(folder(), 'opsjack.db');
    store = sqlite({ path, clock });
    const log = audit({ store, clock, log: { warn: () => undefined } });
    await log.note({ id: 'a', kind: 'planned', by: 'U1', target: 'ecs/1/here/shop/api-prod', what: 'deploy 1.9.0' });
    await clock.advance(60_000);
    await log.note({ id: 'b', kind: 'locked', by: 'U2', target: 'ecs/1/here/shop/web-prod', why: 'sale' });
    await log.rest();
  });
  afterEach(() => store.close());

  it('says that the log of a running bot is whole', async () => {
    const { code, lines } = await command(path, 'verify');

    expect(code).toBe(0);
    expect(lines).toEqual([
      {
        whole: true,
        entries: 2,
        since: '2026-11-23T09:00:00.000Z',
        seq: 2,
        hash: expect.stringMatching(/^[0-9a-f]{64}$/),
      },
    ]);
  });

  it('says so of a bot that is stopped, too', async () => {
    await store.close();

    expect((await command(path, 'verify')).code).toBe(0);
  });

  it('exports entries as JSON lines, of one target and from a time on', async () => {
    expect((await command(path, 'export')).lines).toEqual([
      {
        seq: 1,
        id: 'a',
        at: '2026-11-23T09:00:00.000Z',
        kind: 'planned',
        by: 'U1',
        target: 'ecs/1/here/shop/api-prod',
        what: 'deploy 1.9.0',
      },
      expect.objectContaining({ seq: 2, id: 'b', why: 'sale' }),
    ]);
    const ids = async (...args: string[]) => (await command(path, 'export', ...args)).lines.map(({ id }) => id);
    expect(await ids('--target', 'ecs/1/here/shop/api-prod')).toEqual(['a']);
    expect(await ids('--target', 'web-prod')).toEqual(['b']);
    expect(await ids('--since', '2026-11-23T09:00:30Z')).toEqual(['b']);
  });

  it('exits with 1 where the log is broken, and exports what is there', async () => {
    await store.close();
    const db = new DatabaseSync(path);
    db.exec(`UPDATE records SET value = replace(value, '"U1"', '"U3"') WHERE key LIKE 'audit/%'`);
    db.close();

    const verified = await command(path, 'verify');
    const exported = await command(path, 'export');

    expect(verified).toMatchObject({ code: 1, lines: [{ whole: false, entries: 0, at: 1, fault: 'changed' }] });
    expect(exported).toMatchObject({ code: 1, lines: [{ by: 'U3' }, { by: 'U2' }] });
    expect(exported.err).toContain('broken at link 1');
  });

  it('exits with 2 where there is nothing to read, or nothing it understands', async () => {
    expect(await command(join(folder(), 'none.db'), 'verify')).toMatchObject({
      code: 2,
      err: expect.stringContaining('cannot read'),
    });
    expect(await command(path, 'burn')).toMatchObject({ code: 2, err: expect.stringContaining('Usage') });
    expect(await command(path, 'export', '--since', 'noon')).toMatchObject({ code: 2 });
  });
});

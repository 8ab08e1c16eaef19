import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { strFromU8, unzipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { loadIntents } from '../intents/index.ts';
import { sha256, zipped } from '../src/lex-export.ts';
import { lexBot } from '../src/nlu/lex-bot.ts';
import { readLexFiles } from '../src/nlu/lex-read.ts';
import { folder } from './folder.ts';

const script = join(import.meta.dirname, '../src/lex-export.ts');

async function run(args: string[], env: Record<string, string> = {}) {
  const options = { env: { PATH: process.env['PATH'], ...env }, cwd: folder() };
  return promisify(execFile)(process.execPath, [script, ...args], options).then(
    ({ stdout, stderr }) => ({ code: 0, stdout, stderr, cwd: options.cwd }),
    (error: { code: number; stdout: string; stderr: string }) => ({ ...error, cwd: options.cwd }),
  );
}

describe('the zip', () => {
  test('has the same bytes whatever the order, and others for other words', () => {
    const files: [string, string][] = [
      ['b.json', '한국어'],
      ['a/b.json', '{}'],
    ];
    const bytes = zipped(new Map(files));

    expect(zipped(new Map(files.toReversed()))).toEqual(bytes);
    expect(zipped(new Map([...files, ['c.json', '']]))).not.toEqual(bytes);
    expect(Object.entries(unzipSync(bytes)).map(([path, it]) => [path, strFromU8(it)])).toEqual([
      ['a/b.json', '{}'],
      ['b.json', '한국어'],
    ]);
  });
});

describe('npm run lex:export', () => {
  test('writes the bot under the hash of its bytes, without settings, wherever it is run', async () => {
    const here = await run([], { TZ: 'Asia/Seoul', LANG: 'ko_KR.UTF-8' });
    const there = await run(['--out', 'elsewhere'], { TZ: 'America/New_York' });

    const [path, hash, ...locales] = here.stdout.trim().split('\n');
    const bytes = new Uint8Array(readFileSync(join(here.cwd, path!)));
    expect(hash).toBe(`sha256 ${sha256(bytes)}`);
    expect(path).toBe(`.opsjack/lex/opsjack-${sha256(bytes).slice(0, 12)}.zip`);
    expect(there.stdout.split('\n')[1]).toBe(hash);
    expect(there.stdout.split('\n')[0]).toMatch(/^elsewhere\//);
    expect(locales).toHaveLength(loadIntents().locales.length);
    expect(locales[0]).toMatch(
      /^\w{2}_\w{2} {2}\d+ intents, \d+ utterances \(\d+ characters\), \d+ slots, \d+ slot words$/,
    );
    const files = new Map(Object.entries(unzipSync(bytes)).map(([at, it]) => [at, strFromU8(it)]));
    expect(readLexFiles(files)).toEqual({ bot: lexBot(loadIntents()), warnings: [] });
  });

  test('can ask for a language model beside', async () => {
    const plain = await run([]);
    const helped = await run(['--assisted-nlu', 'fallback']);

    expect(helped.code).toBe(0);
    expect(helped.stdout.split('\n')[1]).not.toBe(plain.stdout.split('\n')[1]);
  });

  test.each([[['--assisted-nlu', 'maybe']], [['--nope']], [['more']]])('explains itself for %j', async (args) => {
    const { code, stderr, stdout } = await run(args);

    expect(code).toBe(2);
    expect(stderr).toContain('usage: npm run -s lex:export');
    expect(stdout).toBe('');
  });
});

// The local workspace as people start it: a process with lines on its stdin.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { folder } from '../folder.ts';

const root = join(import.meta.dirname, '../..');

type Options = { command?: readonly [string, ...string[]]; cwd?: string; env?: Record<string, string> };

/** Starts it; what it prints is collected, and `until` resolves when that holds a text. */
function start({ command = [process.execPath, join(root, 'src/local.ts')], cwd = folder(), env = {} }: Options = {}) {
  const [program, ...args] = command;
  const child = spawn(program, args, { cwd, env: { ...process.env, PORT: '', OPSJACK_CONFIG: '', ...env } });
  let printed = '';
  const waiting = new Set<() => void>();
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    printed += text;
    for (const look of waiting) look();
  });
  const ended = once(child, 'close').then(([code]: unknown[]) => code);
  onTestFinished(async () => {
    child.kill('SIGTERM');
    await ended;
  });
  return {
    child,
    cwd,
    ended,
    printed: () => printed,
    until: (text: string): Promise<void> =>
      new Promise((resolve) => {
        const look = (): void => {
          if (printed.includes(text) && waiting.delete(look)) resolve();
        };
        waiting.add(look);
        look();
      }),
  };
}

async function play(lines: string[], options: Options = {}) {
  const workspace = start(options);
  workspace.child.stdin.end(`${lines.join('\n')}\n`);
  const code = await workspace.ended;
  return { code, out: workspace.printed(), cwd: workspace.cwd };
}

/** What was printed after the line was sent and before the next. */
function after(out: string, line: string): string {
  return out.split(`> ${line}\n`)[1]?.split(/\n\w+> /u)[0] ?? '';
}

describe('npm start with lines', () => {
  it('answers each, clicks what is numbered, and waits for the end of a change', { timeout: 120_000 }, async () => {
    const lines = ['status api-prod', 'api-prod를 최소 4 최대 12로 늘려줘', '!1'];

    const { code, out } = await play(lines, { command: ['npm', 'start'], cwd: root });

    expect(code).toBe(0);
    expect(out).toContain('SIMULATED');
    expect(after(out, 'status api-prod')).toMatch(/api-prod: healthy[\s\S]*min 2 ≤ 3 ≤ max 6[\s\S]*\[1\] Scale/u);
    expect(after(out, lines[1] ?? '')).toMatch(/최소 {2}2 → 4[\s\S]*최대 {2}6 → 12[\s\S]*\[1\] 4–12/u);
    expect(after(out, '!1')).toMatch(/✅ api-prod/u);
    expect(out).not.toContain('\u001B');
  });

  it('speaks signed HTTP where PORT is set', { timeout: 60_000 }, async () => {
    const { code, out, cwd } = await play(['#ops status api-prod', '/ops status api-prod'], { env: { PORT: '0' } });

    expect(code).toBe(0);
    expect(after(out, '#ops status api-prod')).toMatch(/in #ops, in the thread\n[^\n]*api-prod: healthy/u);
    expect(after(out, '/ops status api-prod')).toContain('api-prod: healthy');
    expect(readFileSync(join(cwd, '.opsjack/local.log'), 'utf8')).toMatch(/"port":\d+/u);
  });

  it('says what Slack asks before a dangerous click, and answers yes', { timeout: 120_000 }, async () => {
    const { code, out } = await play(['deploy 1.9.0 to api-prod', '!Deploy', '!Stop and roll back']);

    expect(code).toBe(0);
    expect(after(out, '!Stop and roll back')).toMatch(/Slack asks: Stop and roll back\?[\s\S]*y\/n> y\n/u);
    expect(after(out, '!Stop and roll back')).toMatch(/↩️ api-prod/u);
  });

  it(
    'never clicks an older card by number, nor what stands in the direct message of somebody else',
    {
      timeout: 60_000,
    },
    async () => {
      const lines = ['scale api-prod min 4 max 12', '@jiho !1', 'whoami', '!1', '!Cancel', '@minsu status api-prod'];

      const { code, out } = await play(lines);

      expect(code).toBe(1);
      expect(after(out, '@jiho !1')).toContain('@jiho does not see this message (it is a direct message to @alice)');
      expect(out.split('\nalice> !1\n')[1]).toMatch(/^Not clicked: nothing to click in the last answer/u);
      expect(after(out, '!Cancel')).toContain('api-prod');
      expect(after(out, '@minsu status api-prod')).toMatch(/(?:오전|오후) \d/u);
      expect(out).toContain('2 of 6 lines were not answered.');
    },
  );

  it('says what makes no sense, goes on, and ends with 1', { timeout: 60_000 }, async () => {
    const { code, out } = await play(['@bob hi', '!7', ':frobnicate', '# a remark', '@jiho whoami']);

    expect(code).toBe(1);
    expect(after(out, '@bob hi')).toMatch(/Nobody here is called @bob\.\nPeople: .*@jiho/u);
    expect(after(out, '!7')).toContain('There is no button 7');
    expect(after(out, ':frobnicate')).toContain('There is no :frobnicate');
    expect(after(out, '@jiho whoami')).toContain('OpsJack to @jiho');
    expect(out).toContain('3 of 5 lines were not answered.');
  });
});

describe('npm start without lines', () => {
  it('serves until it is told to stop', { timeout: 60_000 }, async () => {
    const workspace = start();
    workspace.child.stdin.end();
    await workspace.until('serving until stopped');

    workspace.child.kill('SIGTERM');

    expect(await workspace.ended).toBe(0);
  });

  it('says why the bot cannot start, and ends with 1', { timeout: 60_000 }, async () => {
    const { code, out } = await play([], { env: { OPSJACK_CONFIG: 'nowhere.yaml' } });

    expect(code).toBe(1);
    expect(out).toContain('there is no file nowhere.yaml');
  });

  it('starts the bot again when it dies, and answers as before', { timeout: 60_000 }, async () => {
    const workspace = start();
    const log = join(workspace.cwd, '.opsjack/local.log');
    workspace.child.stdin.write('status api-prod\n');
    await workspace.until('api-prod: healthy');

    const children = spawnSync('pgrep', ['-P', String(workspace.child.pid)], { encoding: 'utf8' });
    process.kill(Number(children.stdout.trim()), 'SIGKILL');
    await workspace.until('starting it again');
    workspace.child.stdin.end('status mail-worker-prod\n');

    expect(await workspace.ended).toBe(0);
    expect(workspace.printed()).toContain('mail-worker-prod: healthy');
    expect(readFileSync(log, 'utf8').match(/"ready"/gu)).toHaveLength(2);
  });
});

import { execFile } from 'node:child_process';
import { expect, it } from 'vitest';

/** Runs a process that ends on signals, and `code` in it; its exit code and what it logged. */
function ending(code: string): Promise<{ code: unknown; said: string }> {
  const script = `
    import { endOnSignals } from './src/signals.ts';
    import { logger } from './src/log.ts';
    const clock = { now: () => 0, after: (ms, run) => (setTimeout(run, ms / 1000), () => {}) };
    const stop = { clean: async () => {}, never: () => new Promise(() => {}), broken: async () => { throw new Error('disk full') } };
    const end = (stop) => endOnSignals({ clock, log: logger({ level: 'info' }), stop });
    setTimeout(() => process.exit(9), 20_000);
    ${code}`;
  return new Promise((resolve) => {
    execFile(process.execPath, ['--input-type=module', '-e', script], (error, said) => {
      resolve({ code: error ? error.code : 0, said });
    });
  });
}

it.each([
  ['a rejection that nobody handled', `end(stop.clean); Promise.reject(new Error('lost'));`, 1, 'unhandled rejection'],
  ['an error that nobody caught', `end(stop.clean); setTimeout(() => { throw new Error('x') });`, 1, 'uncaught'],
  ['SIGTERM', `end(stop.clean); process.kill(process.pid, 'SIGTERM');`, 0, 'stopped'],
  ['SIGINT, when not all could be closed', `end(stop.broken); process.kill(process.pid, 'SIGINT');`, 1, 'disk full'],
  ['SIGTERM and the deadline', `end(stop.never); process.kill(process.pid, 'SIGTERM');`, 1, 'work left'],
])('ends after %s', async (_, code, expected, said) => {
  const ended = await ending(code);

  expect(ended.code).toBe(expected);
  expect(ended.said).toContain(said);
});

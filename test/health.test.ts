import { createServer } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { afterEach, expect, it } from 'vitest';
import { ConfigError } from '../src/core/errors.ts';
import { healthServer, type Readiness } from '../src/health.ts';

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

async function answering(readiness: Readiness) {
  const health = await healthServer({ port: 0, readiness: () => readiness });
  closing.push(() => health.close());
  const ask = async (path: string, init?: RequestInit) => {
    const answer = await fetch(`http://127.0.0.1:${health.port}${path}`, init);
    return { status: answer.status, said: (await answer.text()).trim() };
  };
  /** What no client of good manners would ask for. */
  const raw = async (target: string): Promise<string> => {
    const socket = connect(health.port, '127.0.0.1');
    socket.end(`GET ${target} HTTP/1.1\r\nHost: health\r\nConnection: close\r\n\r\n`);
    return Buffer.concat(await socket.toArray()).toString();
  };
  return { ask, raw };
}

it('is ready while nothing is missing', async () => {
  const { ask } = await answering({ why: [], slack: 2 });

  expect(await ask('/ready')).toEqual({ status: 200, said: '{"ready":true,"slack":2}' });
  expect(await ask('/ready', { method: 'HEAD' })).toEqual({ status: 200, said: '' });
});

it('says why it is not ready, and is alive all the same', async () => {
  const { ask } = await answering({ why: ['draining'], slack: 0 });

  expect(await ask('/ready?x=1')).toEqual({ status: 503, said: '{"ready":false,"why":["draining"],"slack":0}' });
  expect(await ask('/live')).toMatchObject({ status: 200 });
});

it('answers nothing else', async () => {
  const { ask, raw } = await answering({ why: [], slack: 1 });

  expect(await ask('/')).toMatchObject({ status: 404 });
  expect(await raw('//')).toContain('HTTP/1.1 404');
  expect(await raw('http://[')).toContain('HTTP/1.1 404');
  expect(await ask('/ready', { method: 'POST', body: 'x' })).toMatchObject({ status: 405 });
});

it('says which setting names a port that is taken', async () => {
  const other = createServer().listen(0);
  closing.push(() => new Promise((resolve) => other.close(() => resolve())));
  const { port } = other.address() as AddressInfo;

  const taken = healthServer({ port, readiness: () => ({ why: [], slack: 1 }) });

  await expect(taken).rejects.toThrow(new ConfigError(['environment HEALTH_PORT: cannot listen there (EADDRINUSE)']));
});

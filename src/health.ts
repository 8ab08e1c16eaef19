// What an orchestrator or a load balancer asks: whether the process is alive, and whether it should get traffic.
import { createServer, type Server } from 'node:http';
import { ConfigError } from './core/errors.ts';

/** `why`: what is missing to be ready, as short codes; empty when nothing is. `slack`: ways Slack has to reach the bot. */
export type Readiness = { why: readonly string[]; slack: number };
export type HealthServer = { port: number; close(): Promise<void> };

/**
 * Answers `GET /live` with 200 while the event loop turns, and `GET /ready` with 200 or 503 and the readiness as JSON.
 * It says nothing else, so it may listen on every address. Rejects with a ConfigError when the port is taken.
 */
export async function healthServer(given: { port: number; readiness: () => Readiness }): Promise<HealthServer> {
  const server = createServer((request, response) => {
    const answer = (status: number, body: object): void => {
      response.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' });
      response.end(request.method === 'HEAD' ? undefined : `${JSON.stringify(body)}\n`);
    };
    const [path] = (request.url ?? '').split('?');
    if (request.method !== 'GET' && request.method !== 'HEAD') return answer(405, { error: 'only GET' });
    if (path === '/live') return answer(200, { live: true });
    if (path !== '/ready') return answer(404, { error: '/live or /ready' });
    const { why, slack } = given.readiness();
    return why.length === 0 ? answer(200, { ready: true, slack }) : answer(503, { ready: false, why, slack });
  });
  const port = await listening(server, given.port);
  return {
    port,
    async close() {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

function listening(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      reject(new ConfigError([`environment HEALTH_PORT: cannot listen there (${error.code ?? error.message})`])),
    );
    server.listen(port, () => {
      const address = server.address();
      resolve(typeof address === 'object' && address ? address.port : port);
    });
  });
}

// The simulated AWS on loopback: one HTTP/1.1 port for every service, told apart by how they are asked.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { control, type Control } from './control.ts';
import { controlOverHttp } from './control-http.ts';
import { answer, understand } from './dispatch.ts';
import { faults, type FaultRule } from './faults.ts';
import type { Answer } from './protocol-json.ts';
import type { FaultKind } from './route.ts';
import { shopSeed } from './seed.ts';
import type { Seed } from './seed-types.ts';
import { buildWorld } from './seed-build.ts';

export type SimAws = { url: string; control: Control; close(): Promise<void> };
export type { Control } from './control.ts';
export type { Seed } from './seed-types.ts';

/**
 * A simulated AWS account listening on 127.0.0.1, for any SDK pointed at it by AWS_ENDPOINT_URL.
 * `clock`: where time comes from (stepping it is enough, nothing here waits); `speed`: how many times faster than in AWS
 * deployments and scaling go; `port`: 0 for any.
 */
export async function simAws(
  options: { clock?: { now(): number }; speed?: number; port?: number; seed?: Seed } = {},
): Promise<SimAws> {
  const clock = options.clock ?? { now: () => Date.now() };
  const seed = options.seed ?? shopSeed;
  const held = { world: buildWorld(seed, clock) };
  held.world.timeline.speed(options.speed ?? 1);
  const striking = faults();
  const controls = control({ held, striking, rebuild: () => buildWorld(seed, clock) });

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await read(request);
    held.world.timeline.catchUp();
    if (request.url?.startsWith('/_sim')) return send(response, controlOverHttp(controls, request.url, body));
    const asked = understand({ headers: request.headers, body }, held.world);
    if (!asked) return send(response, { status: 404, headers: {}, body: 'No simulated service answers this request.' });
    const { service, operation, region, params, caller } = asked;
    const fault = striking.strike({ service: service.id, operation, region });
    const note = (status: number | 'dropped' | 'garbage') =>
      controls.note({ at: held.world.timeline.now(), service: service.id, operation, region, params, status, caller });
    if (fault?.kind === 'timeout-before') {
      note('dropped');
      return void request.socket.destroy();
    }
    const reply = answer(asked, held.world, refusal(fault));
    if (fault?.kind === 'timeout-after') {
      note('dropped');
      return void request.socket.destroy();
    }
    note(fault?.kind === 'garbage' ? 'garbage' : reply.status);
    if (fault?.kind === 'latency') await new Promise((resolve) => setTimeout(resolve, fault.ms ?? 1000));
    send(response, fault?.kind === 'garbage' ? { ...reply, status: 200, body: '<<{not readable' } : reply);
  }

  const server = createServer((request, response) => {
    handle(request, response).catch(() => request.socket.destroy());
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, '127.0.0.1', resolve);
  });
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  return {
    url: `http://127.0.0.1:${port}`,
    control: controls,
    async close() {
      server.closeAllConnections();
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
      });
    },
  };
}

/** The faults a service itself answers with. */
function refusal(fault: FaultRule | undefined): FaultKind | undefined {
  const kind = fault?.kind;
  return kind === 'throttle' || kind === 'deny' || kind === 'error' ? kind : undefined;
}

async function read(request: IncomingMessage): Promise<string> {
  let body = '';
  request.setEncoding('utf8');
  for await (const part of request) body += String(part);
  return body;
}

function send(response: ServerResponse, { status, headers, body }: Answer): void {
  response.writeHead(status, headers);
  response.end(body);
}

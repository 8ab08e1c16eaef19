// The simulated AWS on loopback: one port for every service, told apart by how they are asked.
import { control, type Control } from './control.ts';
import { controlOverHttp } from './control-http.ts';
import { answer, understand } from './dispatch.ts';
import { faults, type FaultRule, type Faults } from './faults.ts';
import { readBots } from './lex-bots.ts';
import type { LexBotFiles } from './lex-types.ts';
import { listen, type Incoming, type Outgoing } from './listen.ts';
import type { Answer } from './protocol-json.ts';
import { asQuirk } from './quirks.ts';
import type { FaultKind } from './route.ts';
import { shopSeed } from './seed.ts';
import type { Seed } from './seed-types.ts';
import { buildWorld } from './seed-build.ts';

export type SimAws = { url: string; control: Control; close(): Promise<void> };
export type { Control } from './control.ts';
export type { Seed } from './seed-types.ts';
export type { LexBotFiles } from './lex-types.ts';

/**
 * A simulated AWS account listening on 127.0.0.1, for any SDK pointed at it by AWS_ENDPOINT_URL.
 * `clock`: where time comes from (stepping it is enough, nothing here waits); `speed`: how many times faster than in AWS
 * deployments and scaling go; `port`: 0 for any; `lex`: bots that are imported, built and behind an alias before the first
 * call. Throws with every reason when the importer of Lex would refuse one. `strike`: asked about every call before the faults of
 * the control are; what it returns strikes this call.
 */
export async function simAws(
  options: {
    clock?: { now(): number };
    speed?: number;
    port?: number;
    seed?: Seed;
    lex?: LexBotFiles[];
    strike?: Faults['strike'];
  } = {},
): Promise<SimAws> {
  const clock = options.clock ?? { now: () => Date.now() };
  const seed = options.seed ?? shopSeed;
  const bots = readBots(options.lex ?? []);
  const fresh = () => {
    const world = buildWorld(seed, clock);
    world.lex.bots = bots;
    return world;
  };
  const held = { world: fresh() };
  held.world.timeline.speed(options.speed ?? 1);
  const striking = faults();
  const controls = control({ held, striking, rebuild: fresh });

  async function handle(request: Incoming, response: Outgoing): Promise<void> {
    const { method = '', url: path = '', headers } = request;
    const body = await read(request);
    held.world.timeline.catchUp();
    if (path.startsWith('/_sim')) return send(response, controlOverHttp(controls, path, body));
    const asked = understand({ method, path, headers, body }, held.world);
    if (!asked) return send(response, { status: 404, headers: {}, body: 'No simulated service answers this request.' });
    const { service, operation, region, params, caller } = asked;
    const about = { service: service.id, operation, region };
    const fault = options.strike?.(about) ?? striking.strike(about);
    const note = (status: number | 'dropped' | 'garbage') =>
      controls.note({ at: held.world.timeline.now(), service: service.id, operation, region, params, status, caller });
    if (fault?.kind === 'timeout-before') {
      note('dropped');
      return void request.socket.destroy();
    }
    const reply = await answer(asked, held.world, {
      fault: refusal(fault),
      quirk: asQuirk(fault?.kind),
      origin: `http://127.0.0.1:${String(port)}`,
      gone: () => request.socket.destroyed,
    });
    await leave(reply);
    for (const then of asked.answered) then();

    async function leave(it: Answer): Promise<void> {
      if (fault?.kind === 'timeout-after') {
        note('dropped');
        return void request.socket.destroy();
      }
      note(fault?.kind === 'garbage' ? 'garbage' : it.status);
      if (fault?.kind === 'latency') await new Promise((resolve) => setTimeout(resolve, fault.ms ?? 1000));
      send(response, fault?.kind === 'garbage' ? { ...it, status: 200, body: '<<{not readable' } : it);
    }
  }

  const { port, close } = await listen(options.port ?? 0, (request, response) => {
    handle(request, response).catch(() => request.socket.destroy());
  });
  return { url: `http://127.0.0.1:${port}`, control: controls, close };
}

/** The faults a service itself answers with. */
function refusal(fault: FaultRule | undefined): FaultKind | undefined {
  const kind = fault?.kind;
  return kind === 'throttle' || kind === 'deny' || kind === 'error' ? kind : undefined;
}

async function read(request: Incoming): Promise<string> {
  let body = '';
  request.setEncoding('utf8');
  for await (const part of request) body += String(part);
  return body;
}

function send(response: Outgoing, { status, headers, body }: Answer): void {
  response.writeHead(status, headers);
  response.end(body);
}

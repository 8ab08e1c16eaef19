// A Slack on loopback that real Bolt and real Web API clients talk to, and in which one can act as anybody.
import type { ServerResponse } from 'node:http';
import { actor, type Actor } from './actors.ts';
import { receiveUpload } from './api-files.ts';
import { controlling } from './control.ts';
import { courier, type Envelope, type Transport } from './delivery.ts';
import { echoes } from './events.ts';
import { faultList, type Fault } from './faults.ts';
import { listening } from './listening.ts';
import { httpDelivery, type HttpDelivery } from './http-delivery.ts';
import { observing } from './observe.ts';
import { rateLimiter } from './rate.ts';
import { postToResponseUrl } from './response-url.ts';
import { app, team } from './seed.ts';
import { socketMode } from './socket.ts';
import { createWorld, type ApiCall, type World } from './state.ts';
import { answerApi } from './web-api.ts';

export type SlackOptions = {
  /** Dates messages, triggers and response URLs; rate limits and waiting for the app keep real time. */
  clock?: { now(): number };
  port?: number;
  /** How payloads reach the app: Socket Mode, or signed requests to a URL. */
  delivery?: 'socket' | { url: string };
  /** Grants channels:history and groups:history and subscribes their messages: a mention then arrives twice. */
  history?: boolean;
  /** Beyond the default scopes. */
  scopes?: string[];
  /** Beyond app_mention, message.im and app_home_opened. */
  events?: string[];
  /** On unless said. */
  rateLimits?: boolean;
  /** How long the app may take to acknowledge; Slack's 3 seconds unless said. */
  ackMs?: number;
  /** Between pings to the app; Slack's 10 seconds unless said. */
  pingMs?: number;
  /** When an event is sent again, each after the one before; Slack's at once, 1 minute, 5 minutes unless said. */
  retryDelaysMs?: number[];
  command?: string;
  /** The manifest's `should_escape` of the command. */
  shouldEscape?: boolean;
  /** Asked about every Web API call before the faults of `fault` are; what it returns strikes this call. */
  strike?: (method: string) => Fault | undefined;
  /** Stands between Slack and the app: may lose, hold or repeat what is sent. */
  between?: (transport: Transport) => Transport;
};

const SCOPES =
  'app_mentions:read assistant:write chat:write commands files:write im:history im:write reactions:write usergroups:read users:read';
const EVENTS = ['app_mention', 'message.im', 'app_home_opened'];
const HISTORY = { scopes: ['channels:history', 'groups:history'], events: ['message.channels', 'message.groups'] };

export type SimSlack = Awaited<ReturnType<typeof simSlack>>;

/** Starts the simulated Slack on 127.0.0.1 (a free port unless one is given). */
export async function simSlack(options: SlackOptions = {}) {
  const world = worldFor(options);
  const ackMs = options.ackMs ?? 3_000;
  const socket = socketMode({ ackMs, pingMs: options.pingMs ?? 10_000 });
  const faults = faultList(options.strike);
  const way = switchable(socket, (url) => httpDelivery({ url, secret: world.signingSecret, ackMs }));
  way.deliverTo(options.delivery ?? 'socket');
  const between = options.between ?? ((transport) => transport);
  const couriers = courier({
    transport: () => between(way.transport()),
    delays: options.retryDelaysMs ?? [0, 60_000, 300_000],
  });
  const stopEchoes = echoes(world, (envelope) => void couriers.deliver(envelope));
  const parts = {
    world,
    courier: couriers,
    command: options.command ?? '/ops',
    shouldEscape: options.shouldEscape ?? true,
  };

  const slack = {
    ...observing(world),
    botToken: world.botToken,
    appToken: world.appToken,
    signingSecret: world.signingSecret,
    team,
    app,
    botUser: app.botUser,
    people: world.people,
    channels: world.channels,
    groups: world.groups,
    socket,
    as: (who: string): Actor => actor(parts, who),
    deliverTo: way.deliverTo,
    http: way.http,
    /** Sends any payload as Slack would. */
    deliver: (envelope: Envelope) => couriers.deliver(envelope),
    fault: (fault: Fault) => faults.add(fault),
    clearFaults: () => faults.clear(),
    faults: () => faults.list(),
    /** Web API calls so far, oldest first, without tokens. */
    calls: (method?: string): ApiCall[] =>
      structuredClone(world.calls.filter((one) => !method || one.method === method)),
    /** Takes a scope away, or grants it. */
    grant: (scope: string, granted = true) => void (granted ? world.scopes.add(scope) : world.scopes.delete(scope)),
    files: world.files,
  };
  const control = controlling(slack);
  const limiter = options.rateLimits === false ? undefined : rateLimiter();
  const apiParts = { world, faults, limiter };

  const server = await listening({
    port: options.port ?? 0,
    upgrade: (request, stream, head) => socket.upgrade(request, stream, head),
    async route(request, response, body) {
      const { pathname } = new URL(request.url ?? '/', 'http://sim');
      if (pathname.startsWith('/api/')) return answerApi(apiParts, request, response, body);
      if (pathname.startsWith('/_sim/')) return control(request, response, body);
      if (pathname.startsWith('/upload/')) return takeUpload(world, pathname.slice('/upload/'.length), response, body);
      const answer = postToResponseUrl(world, pathname, body);
      response.writeHead(answer.status, { 'content-type': 'text/plain' }).end(answer.body);
    },
  });
  world.baseUrl = `http://127.0.0.1:${server.port}`;
  world.ticket = () => socket.ticket();

  return {
    ...slack,
    port: server.port,
    apiUrl: `${world.baseUrl}/api/`,
    /** Answers what was asked, then cuts every connection and stops. */
    async close(): Promise<void> {
      stopEchoes();
      couriers.stop();
      await socket.close();
      await server.close();
    },
  };
}

function worldFor(options: SlackOptions): World {
  const history = options.history ? HISTORY : { scopes: [], events: [] };
  return createWorld({
    clock: options.clock ?? { now: () => Date.now() },
    scopes: [...SCOPES.split(' '), ...(options.scopes ?? []), ...history.scopes],
    events: [...EVENTS, ...(options.events ?? []), ...history.events],
  });
}

/** Socket Mode or HTTP, changed at any time. */
function switchable(socket: Transport, httpTo: (url: string) => HttpDelivery) {
  let http: HttpDelivery | undefined;
  return {
    transport: (): Transport => http ?? socket,
    /** Changes how payloads reach the app. */
    deliverTo: (where: 'socket' | { url: string }): void => {
      http = where === 'socket' ? undefined : httpTo(where.url);
    },
    /** HTTP delivery, to send forged, old or repeated requests. Throws in Socket Mode. */
    http: (): HttpDelivery => {
      if (!http) throw new Error('this Slack delivers over Socket Mode');
      return http;
    },
  };
}

function takeUpload(world: World, id: string, response: ServerResponse, body: Buffer): void {
  const taken = receiveUpload(world, id, body);
  response.writeHead(taken ? 200 : 404).end(taken ? `OK - ${body.length}` : 'not found');
}

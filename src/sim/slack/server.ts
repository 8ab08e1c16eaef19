// A Slack on loopback that real Bolt and real Web API clients talk to, and in which one can act as anybody.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { actor, type Actor } from './actors.ts';
import { receiveUpload } from './api-files.ts';
import { controlling } from './control.ts';
import { courier, type Envelope, type Transport } from './delivery.ts';
import { eventsOf } from './events.ts';
import { faultList, type Fault } from './faults.ts';
import { httpDelivery, type HttpDelivery } from './http-delivery.ts';
import { observing } from './observe.ts';
import { wireMessage } from './payloads.ts';
import { rateLimiter } from './rate.ts';
import { postToResponseUrl } from './response-url.ts';
import { app, team } from './seed.ts';
import { socketMode } from './socket.ts';
import { createWorld, type ApiCall, type Change, type World } from './state.ts';
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
  /** When an event is sent again, each after the one before; Slack's at once, 1 minute, 5 minutes unless said. */
  retryDelaysMs?: number[];
  command?: string;
  /** The manifest's `should_escape` of the command. */
  shouldEscape?: boolean;
};

const SCOPES =
  'app_mentions:read assistant:write chat:write commands files:write im:history im:write reactions:write usergroups:read users:read';
const HISTORY = { scopes: ['channels:history', 'groups:history'], events: ['message.channels', 'message.groups'] };

export type SimSlack = Awaited<ReturnType<typeof simSlack>>;

/** Starts the simulated Slack on 127.0.0.1 (a free port unless one is given). */
export async function simSlack(options: SlackOptions = {}) {
  const world = createWorld({
    clock: options.clock ?? { now: () => Date.now() },
    scopes: [...SCOPES.split(' '), ...(options.scopes ?? []), ...(options.history ? HISTORY.scopes : [])],
    events: [
      'app_mention',
      'message.im',
      'app_home_opened',
      ...(options.events ?? []),
      ...(options.history ? HISTORY.events : []),
    ],
  });
  const ackMs = options.ackMs ?? 3_000;
  const socket = socketMode({ ackMs });
  const faults = faultList();
  let http: HttpDelivery | undefined;
  let transport: Transport = socket;
  const couriers = courier({ transport: () => transport, delays: options.retryDelaysMs ?? [0, 60_000, 300_000] });
  const stopEchoes = echoes(world, (envelope) => void couriers.deliver(envelope));
  const parts = {
    world,
    courier: couriers,
    command: options.command ?? '/ops',
    shouldEscape: options.shouldEscape ?? true,
  };

  /** Changes how payloads reach the app. */
  function deliverTo(where: 'socket' | { url: string }): void {
    http = where === 'socket' ? undefined : httpDelivery({ url: where.url, secret: world.signingSecret, ackMs });
    transport = http ?? socket;
  }
  deliverTo(options.delivery ?? 'socket');

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
    deliverTo,
    /** Sends any payload as Slack would. */
    deliver: (envelope: Envelope) => couriers.deliver(envelope),
    /** HTTP delivery, to send forged, old or repeated requests. Throws in Socket Mode. */
    http(): HttpDelivery {
      if (!http) throw new Error('this Slack delivers over Socket Mode');
      return http;
    },
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

  async function route(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname } = new URL(request.url ?? '/', 'http://sim');
    const body = await bodyOf(request);
    if (pathname.startsWith('/api/')) return answerApi(apiParts, request, response, body);
    if (pathname.startsWith('/_sim/')) return control(request, response, body);
    if (pathname.startsWith('/upload/')) {
      const taken = receiveUpload(world, pathname.slice('/upload/'.length), body);
      return void response.writeHead(taken ? 200 : 404).end(taken ? `OK - ${body.length}` : 'not found');
    }
    const answer = postToResponseUrl(world, pathname, body);
    response.writeHead(answer.status, { 'content-type': 'text/plain' }).end(answer.body);
  }

  const busy = new Set<Promise<void>>();
  const server = createServer((request, response) => {
    const done = route(request, response).catch((error: unknown) => {
      if (!response.headersSent) response.writeHead(500, { 'content-type': 'text/plain' });
      response.end(`the simulated Slack failed: ${error instanceof Error ? error.stack : String(error)}`);
    });
    busy.add(done);
    void done.finally(() => busy.delete(done));
  });
  server.on('upgrade', (request, stream, head) => socket.upgrade(request, stream, head));
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  world.baseUrl = `http://127.0.0.1:${port}`;
  world.ticket = () => socket.ticket();

  return {
    ...slack,
    port,
    apiUrl: `${world.baseUrl}/api/`,
    /** Answers what was asked, then cuts every connection and stops. */
    async close(): Promise<void> {
      stopEchoes();
      couriers.stop();
      await socket.close();
      await Promise.all(busy);
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

/** What the bot itself posts comes back to it as events wherever it hears messages, as in Slack. */
function echoes(world: World, deliver: (envelope: Envelope) => void): () => void {
  const kinds = { posted: 'posted', updated: 'changed', deleted: 'deleted' } as const;
  const listener = (change: Change): void => {
    if (change.kind !== 'posted' && change.kind !== 'updated' && change.kind !== 'deleted') return;
    const { message } = change;
    const channel = world.channels.get(message.channel);
    if (!message.bot_id || !channel) return;
    const previous = { ...wireMessage(world, message), ...message.history.at(-1) };
    for (const envelope of eventsOf(world, kinds[change.kind], message, channel, previous)) deliver(envelope);
  };
  world.listeners.add(listener);
  return () => world.listeners.delete(listener);
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

// Socket Mode: https://docs.slack.dev/apis/events-api/using-socket-mode
import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import { WebSocketServer, type WebSocket } from 'ws';
import type { Attempt, Envelope, Transport } from './delivery.ts';
import { object, type Json } from './json.ts';
import { app } from './seed.ts';

const MOST_CONNECTIONS = 10;

type Connection = {
  send(text: string): void;
  end(hard: boolean): void;
  freeze(): void;
  waiting: Map<string, (answer: Answer) => void>;
};
/** One connection, the oldest is 0; all of them where it is left out. */
type Which = { index?: number };
type Answer = { kind: 'ack'; body: unknown } | { kind: 'closed' } | { kind: 'timeout' };

const notice = (reason: string): string =>
  JSON.stringify({ type: 'disconnect', reason, debug_info: { host: 'applink-sim' } });

/** The WebSocket side of the workspace. `ackMs`: how long an envelope may stay unacknowledged; `pingMs`: between pings. */
export function socketMode(options: { ackMs: number; pingMs: number }) {
  const server = new WebSocketServer({ noServer: true });
  const tickets = new Set<string>();
  const connections: Connection[] = [];
  const waitingForOne = new Set<() => void>();
  const endings: number[] = [];
  let turn = 0;
  let greets = true;

  function accept(ws: WebSocket): void {
    if (connections.length >= MOST_CONNECTIONS) {
      ws.send(notice('too_many_websockets'));
      ws.close();
      return;
    }
    const waiting: Connection['waiting'] = new Map();
    let isFrozen = false;
    const connection: Connection = {
      waiting,
      send: (text) => (isFrozen ? undefined : ws.send(text)),
      end: (hard) => (hard ? ws.terminate() : ws.close()),
      freeze() {
        isFrozen = true;
        clearInterval(ping);
        ws.pause();
      },
    };
    connections.push(connection);
    const ping = setInterval(() => ws.ping('Ping from applink-sim'), options.pingMs).unref();
    ws.on('error', () => ws.terminate());
    ws.on('message', (raw: Buffer) => answered(connection, raw.toString('utf8')));
    ws.on('close', (code) => {
      endings.push(code);
      clearInterval(ping);
      forget(connection);
      for (const settle of waiting.values()) settle({ kind: 'closed' });
    });
    const info = { connection_info: { app_id: app.id }, num_connections: connections.length };
    const about = { host: 'applink-sim', approximate_connection_time: 18_060 };
    if (greets) ws.send(JSON.stringify({ type: 'hello', ...info, debug_info: about }));
    for (const notify of waitingForOne) notify();
  }

  /** Nothing is routed to it any more. */
  function forget(connection: Connection): void {
    if (connections.includes(connection)) connections.splice(connections.indexOf(connection), 1);
  }

  function answered(connection: Connection, text: string): void {
    let message: Json;
    try {
      message = object(JSON.parse(text));
    } catch {
      return;
    }
    connection.waiting.get(String(message['envelope_id']))?.({ kind: 'ack', body: message['payload'] });
  }

  function offer(connection: Connection, id: string, text: string): Promise<Answer> {
    return new Promise((resolve) => {
      const settle = (answer: Answer): void => {
        clearTimeout(timer);
        connection.waiting.delete(id);
        resolve(answer);
      };
      const timer = setTimeout(() => settle({ kind: 'timeout' }), options.ackMs);
      connection.waiting.set(id, settle);
      connection.send(text);
    });
  }

  async function send(envelope: Envelope, retry: { attempt: number; reason: string }): Promise<Attempt> {
    const started = performance.now();
    const ms = (): number => Math.round(performance.now() - started);
    const id = randomUUID();
    const isEvent = envelope.type === 'events_api';
    const retried = isEvent ? { retry_attempt: retry.attempt, retry_reason: retry.reason } : {};
    const text = JSON.stringify({ envelope_id: id, ...envelope, accepts_response_payload: !isEvent, ...retried });
    for (let tries = 0; tries <= MOST_CONNECTIONS; tries += 1) {
      const connection = connections[(turn += 1) % Math.max(connections.length, 1)];
      if (!connection) return { acked: false, reason: 'no_connection', ms: ms() };
      const answer = await offer(connection, id, text);
      if (answer.kind === 'ack') return { acked: true, body: answer.body, ms: ms() };
      if (answer.kind === 'timeout') return { acked: false, reason: 'timeout', ms: ms() };
      // An event whose connection went away is offered to another one as it was, the same envelope_id and retry_attempt
      // (https://github.com/slackapi/bolt-js/issues/2487); commands and clicks are lost.
      if (!isEvent) return { acked: false, reason: 'connection_closed', ms: ms() };
    }
    return { acked: false, reason: 'connection_closed', ms: ms() };
  }

  function chosen({ index }: Which): Connection[] {
    return index === undefined ? connections.slice() : connections.slice(index, index + 1);
  }

  /** What Slack says every few hours: `warning` about ten seconds ahead; after `refresh_requested` it sends nothing more there. */
  function disconnect(reason: 'warning' | 'refresh_requested', which: Which = {}): void {
    for (const connection of chosen(which)) {
      connection.send(notice(reason));
      if (reason === 'refresh_requested') forget(connection);
    }
  }

  async function closeAfterAnswers(connection: Connection): Promise<void> {
    connection.send(notice('refresh_requested'));
    forget(connection);
    const deadline = performance.now() + options.ackMs;
    while (connection.waiting.size > 0 && performance.now() < deadline) await delay(5, undefined, { ref: false });
    connection.end(false);
  }

  const transport: Transport = {
    send,
    async close() {
      for (const ws of server.clients) ws.terminate();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };

  return {
    ...transport,
    /** A one-time ticket for the URL that apps.connections.open hands out. */
    ticket() {
      const ticket = randomUUID();
      tickets.add(ticket);
      return ticket;
    },
    /** Takes over an HTTP upgrade; a wrong or used ticket is refused. */
    upgrade(request: IncomingMessage, stream: Duplex, head: Buffer) {
      const ticket = new URL(request.url ?? '/', 'http://sim').searchParams.get('ticket') ?? '';
      if (!tickets.delete(ticket)) {
        stream.end('HTTP/1.1 401 Unauthorized\r\nConnection: close\r\n\r\n');
        return;
      }
      server.handleUpgrade(request, stream, head, accept);
    },
    /** How many connections Slack believes are there, ghosts included. */
    count: () => connections.length,
    /** The close code of each connection that ended: 1000 after a goodbye, 1006 without. */
    endings: (): number[] => [...endings],
    /** Resolves when at least `wanted` connections are there. */
    async connected(wanted = 1) {
      while (connections.length < wanted) {
        await new Promise<void>((resolve) => {
          const notify = (): void => {
            waitingForOne.delete(notify);
            resolve();
          };
          waitingForOne.add(notify);
        });
      }
    },
    /** Cuts every connection: `hard` without a closing handshake, as a broken network does. */
    drop(hard = true, which: Which = {}) {
      for (const connection of chosen(which)) connection.end(hard);
    },
    disconnect,
    /** What Slack does with a connection every few hours: warns it, and closes it so many milliseconds later. By default all. */
    async refresh(which: Which = {}, aheadMs = 10_000) {
      const renewed = chosen(which);
      disconnect('warning', which);
      await delay(aheadMs, undefined, { ref: false });
      await Promise.all(renewed.filter((one) => connections.includes(one)).map(closeAfterAnswers));
    },
    /** A broken network that nobody noticed: Slack still counts them and routes to them, but nothing gets through. */
    freeze(which: Which = {}) {
      for (const connection of chosen(which)) connection.freeze();
    },
    /** Whether new connections are greeted; one that is not never gets anywhere. */
    greet(wanted: boolean) {
      greets = wanted;
    },
    /** A connection Slack still counts and routes to, behind which nobody is. Returns what removes it. */
    ghost() {
      const ghost: Connection = { send: () => {}, end: () => {}, freeze: () => {}, waiting: new Map() };
      connections.push(ghost);
      return () => {
        forget(ghost);
        for (const settle of ghost.waiting.values()) settle({ kind: 'closed' });
      };
    },
  };
}

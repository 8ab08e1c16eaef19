// Socket Mode: https://docs.slack.dev/apis/events-api/using-socket-mode
import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer, type WebSocket } from 'ws';
import type { Attempt, Envelope, Transport } from './delivery.ts';
import { object, type Json } from './json.ts';
import { app } from './seed.ts';

const MOST_CONNECTIONS = 10;
const PING_MS = 10_000;

type Connection = {
  send(text: string): void;
  end(hard: boolean): void;
  waiting: Map<string, (answer: Answer) => void>;
};
type Answer = { kind: 'ack'; body: unknown } | { kind: 'closed' } | { kind: 'timeout' };

/** The WebSocket side of the workspace. `ackMs`: how long an envelope may stay unacknowledged. */
export function socketMode(options: { ackMs: number }) {
  const server = new WebSocketServer({ noServer: true });
  const tickets = new Set<string>();
  const connections: Connection[] = [];
  const waitingForOne = new Set<() => void>();
  let turn = 0;

  function accept(ws: WebSocket): void {
    if (connections.length >= MOST_CONNECTIONS) {
      ws.send(
        JSON.stringify({ type: 'disconnect', reason: 'too_many_websockets', debug_info: { host: 'applink-sim' } }),
      );
      ws.close();
      return;
    }
    const waiting: Connection['waiting'] = new Map();
    const connection = {
      waiting,
      send: (text: string) => ws.send(text),
      end: (hard: boolean) => (hard ? ws.terminate() : ws.close()),
    };
    connections.push(connection);
    const ping = setInterval(() => ws.ping('Ping from applink-sim'), PING_MS).unref();
    ws.on('error', () => ws.terminate());
    ws.on('message', (raw: Buffer) => answered(connection, raw.toString('utf8')));
    ws.on('close', () => {
      clearInterval(ping);
      connections.splice(connections.indexOf(connection), 1);
      for (const settle of waiting.values()) settle({ kind: 'closed' });
    });
    const info = { connection_info: { app_id: app.id }, num_connections: connections.length };
    ws.send(
      JSON.stringify({
        type: 'hello',
        ...info,
        debug_info: { host: 'applink-sim', approximate_connection_time: 18_060 },
      }),
    );
    for (const notify of waitingForOne) notify();
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

  const transport: Transport = {
    send,
    async close() {
      for (const connection of connections.slice()) connection.end(true);
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
    drop(hard = true) {
      for (const connection of connections.slice()) connection.end(hard);
    },
    /** What Slack does every few hours: `warning` about ten seconds ahead, `refresh_requested` when it closes. */
    disconnect(reason: 'warning' | 'refresh_requested') {
      for (const connection of connections.slice()) {
        connection.send(JSON.stringify({ type: 'disconnect', reason, debug_info: { host: 'applink-sim' } }));
      }
    },
    /** A connection Slack still counts and routes to, behind which nobody is. Returns what removes it. */
    ghost() {
      const ghost: Connection = { send: () => {}, end: () => {}, waiting: new Map() };
      connections.push(ghost);
      return () => {
        if (connections.includes(ghost)) connections.splice(connections.indexOf(ghost), 1);
        for (const settle of ghost.waiting.values()) settle({ kind: 'closed' });
      };
    },
  };
}

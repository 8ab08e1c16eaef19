// One connection of Socket Mode, from its opening to its end. It is never revived: `sockets.ts` opens another one.
import type { Socket } from 'node:net';
import { SocketModeReceiver, type App } from '@slack/bolt';
import { Agent, buildConnector } from 'undici';
import type { Clock } from '../core/ports.ts';
import { clientOptions } from './calls.ts';
import { boltLog, faultOf, type Log } from './log.ts';
import { within } from './within.ts';

export type Connection = {
  /** How many connections of the app Slack counts. Rejects with why this one was not opened. */
  opened: Promise<number>;
  /** Slack asked it to go, and will close it: at once, or in about ten seconds (`warning`). */
  leaving: Promise<string>;
  /** It is closed, for whatever reason. */
  closed: Promise<void>;
  /** Grows with all that arrives, answers to our pings included. */
  heard(): number;
  /** Says goodbye to Slack; after `patience` ms without an answer the wire is cut. */
  close(patience: number): Promise<void>;
  /** Cuts the wire. */
  cut(): void;
};

/**
 * Opens one connection that feeds `app`. The client's own reconnecting is off: a failure of it would be an unhandled
 * rejection, and after it nothing would try again. https://docs.slack.dev/apis/events-api/using-socket-mode
 */
export function openSocket(given: {
  settings: { appToken: string; apiUrl?: string | undefined };
  app: App;
  clock: Clock;
  log: Log;
}): Connection {
  const { settings, clock, log } = given;
  const wire = wired();
  const receiver = new SocketModeReceiver({
    appToken: settings.appToken,
    autoReconnectEnabled: false,
    dispatcher: wire.agent,
    logger: boltLog(log),
    // An object of its own: the client writes its retry policy into it.
    installerOptions: { clientOptions: clientOptions(settings, log) },
    processEventErrorHandler: () => Promise.resolve(false),
  });
  receiver.init(given.app);
  const { client } = receiver;
  const hello = Promise.withResolvers<number>();
  const leaving = Promise.withResolvers<string>();
  const closed = Promise.withResolvers<void>();

  function end(): void {
    wire.cut();
    hello.reject(new Error('closed before Slack said hello'));
    closed.resolve();
  }

  /** True when Slack's message is about the connection and the client must not see it: it would close at once. */
  function isNotice(message: Record<string, unknown>): boolean {
    if (message.type === 'hello') hello.resolve(Number(message.num_connections));
    if (message.type !== 'disconnect') return false;
    const reason = typeof message.reason === 'string' ? message.reason : 'unknown';
    hello.reject(new Error(`Slack disconnects: ${reason}`));
    leaving.resolve(reason);
    return true;
  }

  const handlers = client.listeners('ws_message');
  client.removeAllListeners('ws_message');
  client.on('ws_message', (data: unknown, isBinary: unknown) => {
    const message = parsed(data);
    if (message && isNotice(message)) return;
    const shown = message && isBare(message) ? JSON.stringify(withEvent(message)) : data;
    for (const handle of handlers) guarded(handle.call(client, shown, isBinary), log);
  });
  client.on('disconnected', end);
  // Rejects also when it is closed before Slack has greeted.
  client.start().catch((error: unknown) => {
    hello.reject(error instanceof Error ? error : new Error('closed before Slack said hello'));
    end();
  });
  hello.promise.catch(() => undefined);

  return {
    opened: hello.promise,
    leaving: leaving.promise,
    closed: closed.promise,
    heard: wire.heard,
    async close(patience) {
      await within(clock, patience, client.disconnect()).catch(() => undefined);
      end();
    },
    cut: end,
  };
}

/** The wire under a WebSocket: seen, so that silence is noticed, and cut where nobody answers the goodbye any more. */
function wired() {
  // HTTP/2 would put several WebSockets on one wire.
  const connect = buildConnector({ allowH2: false });
  let socket: Socket | undefined;
  let isCut = false;
  const agent = new Agent({
    connect(options, callback) {
      connect(options, (error, opened) => {
        if (!opened || isCut) {
          opened?.destroy();
          callback(error ?? new Error('given up'), null);
          return;
        }
        socket = opened;
        callback(null, opened);
      });
    },
  });
  return {
    agent,
    heard: () => socket?.bytesRead ?? 0,
    cut() {
      isCut = true;
      socket?.destroy();
      agent.destroy().catch(() => undefined);
    },
  };
}

function guarded(handling: unknown, log: Log): void {
  Promise.resolve(handling).catch((error: unknown) =>
    log.error(faultOf(error), 'a message of Slack was not understood'),
  );
}

function parsed(data: unknown): Record<string, unknown> | undefined {
  try {
    const message: unknown = typeof data === 'string' ? JSON.parse(data) : undefined;
    return isRecord(message) ? message : undefined;
  } catch {
    return undefined;
  }
}

/** `app_rate_limited` comes without an inner event, on which this client's handler throws just when there is most to do. */
function isBare(envelope: Record<string, unknown>): boolean {
  return envelope.type === 'events_api' && !(isRecord(envelope.payload) && isRecord(envelope.payload.event));
}

/** With an inner event of its own type it is acknowledged like any other. */
function withEvent(envelope: Record<string, unknown>): Record<string, unknown> {
  const payload = isRecord(envelope.payload) ? envelope.payload : {};
  const type = typeof payload.type === 'string' ? payload.type : 'unknown';
  return { ...envelope, payload: { ...payload, event: { type } } };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

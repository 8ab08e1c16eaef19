// The two ways in: Socket Mode and signed HTTP. Transport only.
import { HTTPReceiver, SocketModeReceiver, type Receiver } from '@slack/bolt';
import { ConfigError } from '../core/errors.ts';
import type { SlackSettings } from './app.ts';
import { clientOptions } from './calls.ts';
import { boltLog, type Log } from './log.ts';

/** What both ways in have in common. `start` returns the port in HTTP mode. */
export type Way = { receiver: Receiver; start(): Promise<number | undefined>; stop(): Promise<void> };

/** The way the settings name. Half a setting is a ConfigError. */
export function wayIn(settings: SlackSettings, log: Log): Way {
  const { appToken, signingSecret, port, apiUrl } = settings;
  if (appToken) return socketWay({ appToken, apiUrl }, log);
  if (signingSecret && port !== undefined) return httpWay({ signingSecret, port }, log);
  throw new ConfigError(['SLACK_APP_TOKEN (Socket Mode) or SLACK_SIGNING_SECRET and PORT (HTTP): neither is set']);
}

/** Socket Mode. A socket of Slack's that closes is opened again by the client. */
function socketWay(settings: { appToken: string; apiUrl?: string | undefined }, log: Log): Way {
  const receiver = new SocketModeReceiver({
    appToken: settings.appToken,
    logger: boltLog(log),
    // An object of its own: the client writes its retry policy into it. Opening a socket is safe to repeat.
    installerOptions: {
      clientOptions: { ...clientOptions(settings, log), rejectRateLimitedCalls: false, retryConfig: { retries: 5 } },
    },
    processEventErrorHandler: () => Promise.resolve(false),
  });
  tolerateBareEvents(receiver);
  return {
    receiver,
    start: () => receiver.client.start().then(() => undefined),
    // The receiver's own stop does not wait for the socket to close.
    stop: () => receiver.client.disconnect(),
  };
}

/** Signed HTTP on `/slack/events`: requests with a wrong, old or missing signature are answered 401 by Bolt. */
function httpWay(settings: { signingSecret: string; port: number }, log: Log): Way {
  const receiver = new HTTPReceiver({
    signingSecret: settings.signingSecret,
    port: settings.port,
    endpoints: ['/slack/events'],
    logger: boltLog(log),
    processEventErrorHandler: ({ response }) => {
      if (!response.headersSent) response.writeHead(500).end();
      return Promise.resolve(true);
    },
    unhandledRequestHandler: ({ response }) => {
      if (!response.headersSent) response.writeHead(500).end();
    },
  });
  return {
    receiver,
    async start() {
      const address = (await receiver.start(settings.port)).address();
      return typeof address === 'object' && address ? address.port : settings.port;
    },
    stop: () => receiver.stop().then(() => undefined),
  };
}

/**
 * `app_rate_limited` comes without an inner event, on which this client's handler throws: an unhandled rejection just
 * when there is most to do. It gets an inner event of its own type, and is acknowledged like any other.
 */
function tolerateBareEvents(receiver: SocketModeReceiver): void {
  const { client } = receiver;
  const handlers = client.listeners('ws_message');
  client.removeAllListeners('ws_message');
  client.on('ws_message', (data: unknown, isBinary: unknown) => {
    for (const handle of handlers) handle.call(client, typeof data === 'string' ? withEvent(data) : data, isBinary);
  });
}

function withEvent(data: string): string {
  try {
    const envelope: unknown = JSON.parse(data);
    if (!isRecord(envelope) || envelope.type !== 'events_api') return data;
    const payload = isRecord(envelope.payload) ? envelope.payload : {};
    if (isRecord(payload.event)) return data;
    return JSON.stringify({
      ...envelope,
      payload: { ...payload, event: { type: typeof payload.type === 'string' ? payload.type : 'unknown' } },
    });
  } catch {
    return data;
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

// The two ways in: Socket Mode and signed HTTP. Transport only.
import { HTTPReceiver, type App, type Receiver } from '@slack/bolt';
import { ConfigError } from '../core/errors.ts';
import type { Clock } from '../core/ports.ts';
import type { SlackSettings } from './app.ts';
import { boltLog, type Log } from './log.ts';
import { sockets } from './sockets.ts';

/** What both ways in have in common. */
export type Way = {
  receiver: Receiver;
  /** Returns the port in HTTP mode. */
  start(): Promise<number | undefined>;
  stop(): Promise<void>;
  /** How many ways Slack has to reach us now: sockets that answer, or 1 where HTTP listens. */
  open(): number;
};
type Given = { processes: number; clock: Clock; log: Log };

/** The way the settings name. Half a setting is a ConfigError. */
export function wayIn(settings: SlackSettings, given: Given): Way {
  const { appToken, signingSecret, port, apiUrl } = settings;
  if (appToken) return socketWay({ appToken, apiUrl }, given);
  if (signingSecret && port !== undefined) return httpWay({ signingSecret, port }, given.log);
  throw new ConfigError(['SLACK_APP_TOKEN (Socket Mode) or SLACK_SIGNING_SECRET and PORT (HTTP): neither is set']);
}

/** Socket Mode, over two connections. */
function socketWay(settings: { appToken: string; apiUrl?: string | undefined }, given: Given): Way {
  const connections = sockets({ settings, ...given });
  let app: App | undefined;
  return {
    receiver: {
      init: (made) => void (app = made),
      start: () => Promise.resolve(),
      stop: () => connections.stop(),
    },
    start: async () => {
      if (app) await connections.start(app);
      return undefined;
    },
    stop: () => connections.stop(),
    open: () => connections.open(),
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
  let listening = 0;
  return {
    receiver,
    async start() {
      const address = (await receiver.start(settings.port)).address();
      listening = 1;
      return typeof address === 'object' && address ? address.port : settings.port;
    },
    async stop() {
      listening = 0;
      await receiver.stop();
    },
    open: () => listening,
  };
}

// The Slack edge: everything Slack delivers goes through here, and only as a Request into the core.
import { App } from '@slack/bolt';
import type { Locale } from '../../intents/catalog.ts';
import type { Bot } from '../core/bot.ts';
import type { Clock } from '../core/ports.ts';
import { say } from '../core/reply.ts';
import type { Place, Request } from '../core/request.ts';
import type { Words } from '../core/words.ts';
import { caller, clientOptions } from './calls.ts';
import type { SlackChat } from './chat.ts';
import { deliveryOf, gate, type Delivery } from './gate.ts';
import { connecting, identify } from './identify.ts';
import { inbound, type Inbound, type Self } from './inbound.ts';
import { boltLog, faultOf, type Log } from './log.ts';
import { wayIn } from './receivers.ts';
import { visible } from './visible.ts';

export type SlackSettings = {
  botToken: string;
  /** Socket Mode; or the next two: signed HTTP. */
  appToken?: string | undefined;
  signingSecret?: string | undefined;
  port?: number | undefined;
  /** Other than slack.com: GovSlack, tests. Ends in `/api/`. */
  apiUrl?: string | undefined;
};

export type SlackApp = {
  /** Connects. Throws a ConfigError when Slack refuses a token. `port`: where HTTP mode listens. */
  start(): Promise<{ team: string; user: string; port: number | undefined }>;
  /** How many ways Slack has to reach the bot now: sockets that answer, or 1 where HTTP listens. */
  open(): number;
  /** Takes nothing new, tells Slack of what was taken, disconnects, and finishes it within `deadline` ms (8 s). */
  stop(deadline?: number): Promise<void>;
};

export type SlackParts = {
  settings: SlackSettings;
  bot: Pick<Bot, 'accept'>;
  chat: SlackChat;
  words: Words;
  clock: Clock;
  log: Log;
  /** The language of the first sign and of notices; by default en-US. */
  language?: (request: { by: string; place: Place; text?: string | undefined }) => Locale;
  /** Whether a thread waits for plain words: only then they are read. By default none does. */
  waits?: (place: Place, by: string) => Promise<boolean>;
  /** How many processes share this Slack app; one unless said. */
  processes?: number;
};

/** What the app listens to; the manifest subscribes to the same. `optional`: only where history scopes are granted. */
export const listens = {
  events: ['app_mention', 'message.im'],
  optional: ['message.channels', 'message.groups'],
  commands: ['/ops'],
} as const;

/** Bolt with one generic listener a surface. */
export function slackApp(parts: SlackParts): SlackApp {
  const { settings, log, clock } = parts;
  // Not the client of posts: a channel that Slack limits must not delay the first sign of life.
  const call = caller(settings, log);
  const way = wayIn(settings, { processes: parts.processes ?? 1, clock, log });
  const door = gate(parts);

  return {
    async start() {
      const self = await identify(call, clock);
      const app = new App({
        token: settings.botToken,
        // With both ids given Bolt asks nothing itself: neither once, cached even if it failed, nor on every event.
        botId: self.bot,
        botUserId: self.user,
        tokenVerificationEnabled: false,
        deferInitialization: true,
        receiver: way.receiver,
        convoStore: false,
        logger: boltLog(log),
        clientOptions: clientOptions(settings, log),
      });
      await app.init();
      door.guard(app);
      listen(app, self);
      app.error((error) => {
        log.error(faultOf(error), 'a listener failed');
        return Promise.resolve();
      });
      const port = await connecting(way.start());
      return { team: self.team, user: self.user, port };
    },
    open: () => way.open(),
    async stop(deadline = 8000) {
      const until = clock.now() + deadline;
      await door.close();
      // Before the work is finished: what Slack still sent here would be lost, elsewhere it is taken.
      await way.stop().catch((error: unknown) => log.warn(faultOf(error), 'not closed cleanly'));
      await door.finished(Math.max(0, until - clock.now()));
    },
  };

  function listen(app: App, self: Self): void {
    const read = inbound(self, clock);
    const begun = visible(parts, call);
    const handle = async (found: Inbound, context: object): Promise<void> => {
      const delivery = deliveryOf(context);
      if (found.kind === 'ignored') return;
      if (found.kind === 'outdated') return outdated(found, delivery);
      if (found.kind === 'thread' && !(await waits(found.request, delivery))) return;
      await door.take(found.request, delivery, begun);
    };
    app.event('app_mention', ({ body, context }) => handle(read.event(body), context));
    app.event('message', ({ body, context }) => handle(read.event(body), context));
    app.command('/ops', ({ body, context }) => handle(read.command(body), context));
    app.action(/.*/u, ({ body, context }) => handle(read.click(body), context));
  }

  async function waits(request: Request, delivery: Delivery): Promise<boolean> {
    try {
      return (await parts.waits?.(request.place, request.by)) ?? false;
    } catch (error) {
      log.error(faultOf(error), 'could not tell whether a thread waits');
      delivery.lost = true;
      return false;
    }
  }

  async function outdated(found: { by: string; place: Place }, delivery: Delivery): Promise<void> {
    await delivery.acknowledge();
    const { channel, thread, responseUrl } = found.place;
    const to = { channel, private: found.by, ...(thread ? { thread } : {}), ...(responseUrl ? { responseUrl } : {}) };
    const reply = {
      parts: [{ kind: 'note' as const, sign: 'no' as const, parts: [say('button.outdated')] }],
      private: true,
    };
    const locale = parts.language?.(found) ?? 'en-US';
    await parts.chat.post(to, reply, locale).catch((error: unknown) => log.warn(faultOf(error), 'notice not sent'));
  }
}

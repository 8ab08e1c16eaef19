// The Slack edge between a simulated Slack and a bot that a test scripts.
import type { Bot } from '../../src/core/bot.ts';
import type { Clock } from '../../src/core/ports.ts';
import { say, type Phrase, type Reply } from '../../src/core/reply.ts';
import type { Request } from '../../src/core/request.ts';
import { simSlack, type SlackOptions } from '../../src/sim/slack/server.ts';
import { slackApp, type SlackParts } from '../../src/slack/app.ts';
import { slackChat, type SlackChat } from '../../src/slack/chat.ts';
import type { Log } from '../../src/slack/log.ts';
import { settle, type TestClock } from '../clock.ts';
import { ourWords as words } from './words.ts';

export const realClock: Clock = {
  now: () => Date.now(),
  after(ms, run) {
    const timer = setTimeout(run, ms);
    return () => clearTimeout(timer);
  },
};

export const text = (value: string): Phrase => say('plain', { text: value });
/** A card that is one line. */
export const card = (value: string, more: Partial<Reply> = {}): Reply => ({
  parts: [{ kind: 'lines', lines: [{ parts: [text(value)] }] }],
  ...more,
});

/** A log that keeps its lines. */
export function keptLog() {
  const lines: string[] = [];
  const keep = (...parts: unknown[]): void => void lines.push(JSON.stringify(parts));
  const log: Log = { debug: keep, info: keep, warn: keep, error: keep };
  return { lines, log };
}

export type Accept = (request: Request, chat: SlackChat) => ReturnType<Bot['accept']> | undefined;

/** A bot, Slack and the edge between them, connected. `accept`: what the bot does; the requests it saw are kept. */
export async function edge(
  options: { mode?: 'socket' | 'http'; clock?: Clock; slack?: SlackOptions; accept?: Accept } & Partial<
    Pick<SlackParts, 'waits' | 'processes'>
  >,
) {
  const slack = await simSlack({ retryDelaysMs: [0, 0, 0], ...options.slack });
  const http = options.mode === 'http';
  const clock = options.clock ?? realClock;
  const { lines, log } = keptLog();
  const { botToken, appToken, signingSecret, apiUrl } = slack;
  const settings = { botToken, apiUrl, ...(http ? { signingSecret, port: 0 } : { appToken }) };
  const chat = slackChat({ settings, words, clock, log });
  const requests: Request[] = [];
  const bot: Pick<Bot, 'accept'> = {
    async accept(request) {
      requests.push(request);
      return options.accept?.(request, chat);
    },
  };
  const { waits, processes } = options;
  const more = { ...(waits ? { waits } : {}), ...(processes ? { processes } : {}) };
  const app = slackApp({ settings, bot, chat, words, clock, log, ...more });
  const { port } = await app.start();
  if (http) slack.deliverTo({ url: `http://127.0.0.1:${port}/slack/events` });
  return {
    slack,
    app,
    chat,
    requests,
    lines,
    async close() {
      await app.stop(1000);
      await slack.close();
    },
  };
}

/** Where a request is answered. */
export function answerTo(request: Request) {
  const { channel, thread, responseUrl } = request.place;
  return { channel, ...(thread ? { thread } : {}), ...(responseUrl ? { responseUrl } : {}) };
}

/** The outcome of `promise`, while the network runs and the clock goes on. */
export async function passing<T>(clock: TestClock, promise: Promise<T>): Promise<T> {
  const state = { done: false };
  const settled = promise.finally(() => (state.done = true));
  settled.catch(() => undefined);
  while (!state.done) {
    await clock.advance(100);
    await settle(5);
  }
  return settled;
}

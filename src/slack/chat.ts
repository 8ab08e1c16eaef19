// The Chat port on Slack: posting, editing, reacting.
import { type Chat, type Clock, type Destination } from '../core/ports.ts';
import { signs, type Phrase, type Reply } from '../core/reply.ts';
import type { Locale } from '../../intents/catalog.ts';
import type { Translation } from '../core/translation.ts';
import type { Words } from '../core/words.ts';
import { caller, failure, type Call, type Outcome } from './calls.ts';
import { edits, wait } from './edits.ts';
import type { Log } from './log.ts';
import { presenter } from './present.ts';
import type { Card } from './render.ts';
import { respond } from './respond.ts';

export type SlackChat = Chat & {
  /** Calls `run` when something is next posted to this response URL; returns what forgets it. */
  onAnswer(responseUrl: string, run: () => void): () => void;
};

/** Slack says so when the bot is no member: then only the response URL reaches the person. */
const outside = new Set(['not_in_channel', 'channel_not_found', 'user_not_in_channel']);
const patience = 5;

/**
 * The Chat port. `post` and `update` reject with a PlatformError; `unsure` on it means that Slack may have posted all
 * the same: it is never posted again here. A rate limit is waited for, and holds up its own channel only.
 */
export function slackChat(given: {
  settings: { botToken: string; apiUrl?: string | undefined };
  words: Words;
  translation?: Translation | undefined;
  clock: Clock;
  log: Log;
  /** How many processes share the workspace's limit of edits; one unless said. */
  processes?: number;
  /** Said last on every card: that what it shows is simulated. */
  banner?: Phrase;
}): SlackChat {
  const { clock, log } = given;
  const call = caller(given.settings, log);
  const present = presenter(given);
  const awaited = new Map<string, () => void>();
  const inTurn = turns(clock);
  const { processes = 1 } = given;
  const edit = edits<{ reply: Reply; locale: Locale }>({ clock, processes }, (message, { reply, locale }) =>
    present(reply, locale, (card) => call('chat.update', { channel: message.channel, ts: message.ts, ...card })),
  );

  return {
    async post(to, reply, locale) {
      if (to.responseUrl) answered(to.responseUrl);
      const outcome = await inTurn(to.channel, () => present(reply, locale, (card) => send(call, to, reply, card)));
      if (outcome.kind !== 'ok') throw outcome.error;
      const { channel, ts } = outcome.data;
      return typeof channel === 'string' && typeof ts === 'string' ? { channel, ts } : undefined;
    },
    update: (message, reply, locale) => edit(message, { reply, locale }),
    async react(message, sign) {
      const outcome = await call('reactions.add', {
        channel: message.channel,
        timestamp: message.ts,
        name: signs[sign],
      });
      if (outcome.kind !== 'ok') log.debug({ code: outcome.error.code }, 'reaction not added');
    },
    onAnswer(responseUrl, run) {
      awaited.set(responseUrl, run);
      return () => awaited.delete(responseUrl);
    },
  };

  function answered(responseUrl: string): void {
    awaited.get(responseUrl)?.();
    awaited.delete(responseUrl);
  }
}

async function send(call: Call, to: Destination, reply: Reply, card: Card): Promise<Outcome> {
  const outcome = await directly(call, to, reply, card);
  if (outcome.kind !== 'refused' || !outside.has(outcome.refused.code) || !to.responseUrl) return outcome;
  return respond(to.responseUrl, card);
}

function directly(call: Call, to: Destination, reply: Reply, card: Card): Promise<Outcome> | Outcome {
  const where = { channel: to.channel, ...(to.thread ? { thread_ts: to.thread } : {}) };
  const isPrivate = to.private !== undefined || reply.private === true;
  // In a direct message everything is private, and an ephemeral message would be gone with the next reload.
  if (!isPrivate || to.channel.startsWith('D')) {
    return call('chat.postMessage', { ...where, ...card, unfurl_links: false, unfurl_media: false });
  }
  if (to.private) return ephemeral(call, { ...where, user: to.private }, card);
  if (to.responseUrl) return respond(to.responseUrl, card);
  const error = failure('chat.postEphemeral', 'nobody_named', 'invalid', { unsure: false, retryable: false });
  return { kind: 'failed', error };
}

async function ephemeral(call: Call, where: Record<string, unknown>, card: Card): Promise<Outcome> {
  const outcome = await call('chat.postEphemeral', { ...where, ...card });
  // An ephemeral message has a ts of its own kind that no other method takes.
  return outcome.kind === 'ok' ? { kind: 'ok', data: {} } : outcome;
}

/** Sends at once while a channel is free; once Slack limits it, what follows waits its turn behind the limited one. */
function turns(clock: Clock) {
  const tails = new Map<string, Promise<unknown>>();
  return async (channel: string, sendIt: () => Promise<Outcome>): Promise<Outcome> => {
    const first = tails.has(channel) ? undefined : await sendIt();
    if (first && first.kind !== 'limited') return first;
    const turn = (tails.get(channel) ?? Promise.resolve()).then(() => patiently(clock, sendIt, first));
    const tail = turn.catch(() => undefined);
    tails.set(channel, tail);
    try {
      return await turn;
    } finally {
      if (tails.get(channel) === tail) tails.delete(channel);
    }
  };
}

async function patiently(clock: Clock, sendIt: () => Promise<Outcome>, first?: Outcome): Promise<Outcome> {
  let outcome = first ?? (await sendIt());
  for (let waits = 0; outcome.kind === 'limited' && waits < patience; waits++) {
    await wait(clock, outcome.after);
    outcome = await sendIt();
  }
  return outcome;
}

// Something to see within a second: a status line under the message, or a private word for a slash command.
import type { Clock } from '../core/ports.ts';
import { say } from '../core/reply.ts';
import type { Request } from '../core/request.ts';
import type { Words } from '../core/words.ts';
import type { SlackParts } from './app.ts';
import type { Call } from './calls.ts';
import { cutPlain } from './cut.ts';
import { speller } from './spell.ts';
import { plain } from './write.ts';

/** Most commands answer before this; only the slow ones need the word. */
const patience = 800;
/** `status` of assistant.threads.setStatus. */
const longest = 50;

/** Returns what shows that a request is being worked on; that returns what ends it. Never waits, never fails. */
export function visible(
  parts: { chat: SlackParts['chat']; words: Words; clock: Clock; language?: SlackParts['language'] },
  call: Call,
): (request: Request) => () => void {
  const { chat, clock } = parts;
  const working = say('visible.working');

  return (request) => {
    const locale = parts.language?.(request) ?? 'en-US';
    const { place } = request;
    if (request.origin === 'message') {
      const status = cutPlain(plain(speller(parts.words, locale)(working)), longest);
      // Slack takes the line away by itself when the bot posts. `call` never rejects.
      const thread = place.thread ?? request.id.split('/').at(-1);
      void call('assistant.threads.setStatus', { channel_id: place.channel, thread_ts: thread, status });
      return () => undefined;
    }
    const url = place.responseUrl;
    if (request.origin !== 'slash' || !url) return () => undefined;
    const cancel = clock.after(patience, () => {
      const to = { channel: place.channel, private: request.by, responseUrl: url };
      const reply = { parts: [{ kind: 'note' as const, parts: [say('visible.wait')] }], private: true };
      chat.post(to, reply, locale).catch(() => undefined);
    });
    const forget = chat.onAnswer(url, cancel);
    return () => {
      cancel();
      forget();
    };
  };
}

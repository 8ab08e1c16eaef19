// Something to see within a second.
import { afterEach, describe, expect, it } from 'vitest';
import { settle, testClock } from '../clock.ts';
import { answerTo, card, edge } from './edge.ts';

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

describe('a slash command', () => {
  it('that takes long is told privately that it is looked at', async () => {
    const clock = testClock();
    const released = Promise.withResolvers<void>();
    const one = await edge({ clock, accept: async () => () => released.promise });
    closing.push(() => one.close());

    await one.slack.as('alice').slash('/ops status', '#ops');
    await clock.advance(900);
    const shown = await one.slack.until((message) => message.ephemeral === 'U0ALICE');
    released.resolve();
    await settle();

    expect(shown.text).toBe('Looking. This takes a moment.');
  });

  it('that was answered, or was a duplicate, is told nothing', async () => {
    const clock = testClock();
    const released = Promise.withResolvers<void>();
    const one = await edge({
      clock,
      accept: async (request, chat) => {
        if (request.text === 'again') return undefined;
        return async () => {
          await chat.post(answerTo(request), card('status'), 'en-US');
          await released.promise;
        };
      },
    });
    closing.push(() => one.close());

    await one.slack.as('alice').slash('/ops status', '#ops');
    await one.slack.as('alice').slash('/ops again', '#ops');
    await one.slack.until((message) => message.text === 'status.');
    await clock.advance(5000);
    released.resolve();
    await settle();

    expect(one.slack.ephemerals('U0ALICE')).toEqual([]);
  });
});

describe('a message', () => {
  it('is worked on even when the status line cannot be shown', async () => {
    const one = await edge({
      accept: async (request, chat) => async () => void (await chat.post(answerTo(request), card('status'), 'en-US')),
    });
    closing.push(() => one.close());
    one.slack.fault({ method: 'assistant.threads.setStatus', kind: 'http-500' });

    await one.slack.as('alice').say('#ops', '@opsjack status');

    expect(await one.slack.until((message) => message.text === 'status.')).toBeDefined();
  });
});

describe('recording', () => {
  it('that takes more than two seconds is not acknowledged, and what was recorded late is done all the same', async () => {
    const clock = testClock();
    const recorded = Promise.withResolvers<void>();
    const done: string[] = [];
    const one = await edge({
      clock,
      mode: 'http',
      accept: async (request) => {
        await recorded.promise;
        return async () => void done.push(request.text ?? '');
      },
    });
    closing.push(() => one.close());

    const sending = one.slack.as('alice').slash('/ops status', '#ops');
    while (one.requests.length === 0) await settle();
    await clock.advance(2100);
    const sent = await sending;
    recorded.resolve();
    await settle();

    expect(sent.acked).toBe(false);
    expect(done).toEqual(['status']);
  });
});

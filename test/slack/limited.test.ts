// Slack that takes nothing for a while: what waits, what does not, and what arrives in the end.
import { afterEach, expect, it } from 'vitest';
import { simSlack } from '../../src/sim/slack/server.ts';
import { slackChat } from '../../src/slack/chat.ts';
import { settle, testClock } from '../clock.ts';
import { card, keptLog, passing } from './edge.ts';
import { ourWords as words } from './words.ts';

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

const ops = { channel: 'C0OPS' };

async function connected(processes = 1) {
  const slack = await simSlack({ rateLimits: false });
  closing.push(() => slack.close());
  const clock = testClock();
  const chat = slackChat({ settings: slack, words, clock, log: keptLog().log, processes });
  const shown = (): string[] => slack.messages('#ops').map((message) => message.text);
  const posted = async (text: string) => (await chat.post(ops, card(text), 'en-US'))!;
  /** Until so many calls of the method were answered; time stands still meanwhile. */
  const answered = async (method: string, wanted: number): Promise<void> => {
    const done = () => slack.calls(method).filter((call) => call.error !== 'no_answer').length;
    while (done() < wanted) await settle();
    await settle(50);
  };
  return { slack, clock, chat, shown, posted, answered };
}

it('holds up all edits for the 30 s that Slack asks for, and nothing but edits', async () => {
  const { slack, clock, chat, shown, posted, answered } = await connected();
  const [first, second] = [await posted('first'), await posted('second')];
  slack.fault({ method: 'chat.update', kind: 'ratelimit', ms: 30_000 });
  const edits = [chat.update(first, card('first done'), 'en-US').catch(() => 'late')];
  await answered('chat.update', 1);
  edits.push(chat.update(second, card('second done'), 'en-US').catch(() => 'late'));

  await chat.post(ops, card('an answer'), 'en-US');
  await chat.react(first, 'done');
  expect(shown()).toEqual(['first.', 'second.', 'an answer.']);
  await clock.advance(29_000);
  expect(slack.calls('chat.update')).toHaveLength(1);

  await passing(
    clock,
    slack.untilTrue(() => shown().includes('second done.') && shown().includes('first done.')),
  );
  expect(slack.calls('chat.update')).toHaveLength(3);
  expect(await Promise.all(edits)).toEqual(['late', 'late']);
});

it('tells who waits for an edit after 20 s, and edits all the same once Slack is back', async () => {
  const { slack, clock, chat, shown, posted } = await connected();
  const message = await posted('running');
  slack.fault({ method: 'chat.update', kind: 'http-500', times: 9 });
  const begun = clock.now();

  const edit = passing(clock, chat.update(message, card('done'), 'en-US'));

  await expect(edit).rejects.toMatchObject({ code: 'http_500', retryable: true });
  expect(clock.now() - begun).toBeLessThan(21_000);
  expect(shown()).toEqual(['running.']);
  await passing(
    clock,
    slack.untilTrue(() => shown().includes('done.')),
  );
  expect(slack.calls('chat.update')).toHaveLength(10);
});

it('sends no older state after a newer one that was asked for meanwhile', async () => {
  const { slack, clock, chat, shown, posted } = await connected();
  const message = await posted('1 of 3');
  slack.fault({ method: 'chat.update', kind: 'http-500', times: 6 });
  await passing(clock, chat.update(message, card('2 of 3'), 'en-US')).catch(() => undefined);

  const newer = chat.update(message, card('3 of 3'), 'en-US').catch(() => undefined);
  await passing(
    clock,
    slack.untilTrue(() => shown().includes('3 of 3.')),
  );
  await newer;
  await clock.advance(300_000);

  expect(shown()).toEqual(['3 of 3.']);
  expect(slack.messages('#ops')[0]?.edits).toBe(1);
});

it('shares the workspace’s edits among the processes', async () => {
  const { slack, clock, chat, posted } = await connected(4);
  const messages = await Promise.all(Array.from({ length: 40 }, () => posted('x')));

  const all = Promise.allSettled(messages.map((one) => chat.update(one, card('y'), 'en-US')));
  await clock.advance(59_000);
  await all;

  expect(slack.calls('chat.update').length).toBeGreaterThan(8);
  expect(slack.calls('chat.update').length).toBeLessThanOrEqual(13);
});

it('posts once what Slack limited for 30 s, after what came before it', async () => {
  const { slack, clock, chat, shown, answered } = await connected();
  slack.fault({ method: 'chat.postMessage', kind: 'ratelimit', ms: 30_000 });
  const first = chat.post(ops, card('first'), 'en-US');
  await answered('chat.postMessage', 1);
  const second = chat.post(ops, card('second'), 'en-US');
  await clock.advance(29_000);
  expect(shown()).toEqual([]);

  await passing(clock, Promise.all([first, second]));

  expect(shown()).toEqual(['first.', 'second.']);
});

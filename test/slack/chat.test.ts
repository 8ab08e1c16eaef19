// Posting and editing against the simulated Slack, with everything that goes wrong there.
import { afterEach, describe, expect, it } from 'vitest';
import { say, type Reply } from '../../src/core/reply.ts';
import { simSlack } from '../../src/sim/slack/server.ts';
import { slackChat } from '../../src/slack/chat.ts';
import { settle, testClock } from '../clock.ts';
import { card, keptLog, passing, text } from './edge.ts';
import { ourWords as words } from './words.ts';

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

async function connected() {
  const slack = await simSlack({ rateLimits: false });
  closing.push(() => slack.close());
  const clock = testClock();
  const { lines, log } = keptLog();
  return { slack, clock, lines, chat: slackChat({ settings: slack, words, clock, log }) };
}

const ops = { channel: 'C0OPS' };
const texts = (messages: { text: string }[]): string[] => messages.map((message) => message.text);

describe('posting', () => {
  it('says where the message is', async () => {
    const { slack, chat } = await connected();

    const posted = await chat.post(ops, card('hello'), 'en-US');

    expect(posted).toEqual({ channel: 'C0OPS', ts: slack.messages('#ops').at(-1)?.ts });
  });

  it('never posts again when the answer was lost: it says that it is not sure', async () => {
    const { slack, chat } = await connected();
    slack.fault({ method: 'chat.postMessage', kind: 'drop-response' });

    const post = chat.post(ops, card('hello'), 'en-US');

    await expect(post).rejects.toMatchObject({ name: 'PlatformError', platform: 'Slack', unsure: true });
    expect(texts(slack.messages('#ops'))).toEqual(['hello.']);
    expect(slack.calls('chat.postMessage')).toHaveLength(1);
  });

  it('is sure that nothing was posted when Slack cannot be reached', async () => {
    const { slack, chat } = await connected();
    await slack.close();

    await expect(chat.post(ops, card('x'), 'en-US')).rejects.toMatchObject({ unsure: false, reason: 'unreachable' });
  });

  it('waits as long as Slack says, in order, while other channels go on', async () => {
    const { slack, chat, clock } = await connected();
    slack.fault({ method: 'chat.postMessage', kind: 'ratelimit', ms: 2000 });
    const first = chat.post(ops, card('first'), 'en-US');
    await slack.untilTrue(() => true);
    while (slack.calls('chat.postMessage').length === 0) await settle();
    await settle(50);

    const second = chat.post(ops, card('second'), 'en-US');
    await chat.post({ channel: 'C0OPSKO' }, card('elsewhere'), 'en-US');

    expect(slack.messages('#ops')).toEqual([]);
    await passing(clock, Promise.all([first, second]));
    expect(texts(slack.messages('#ops'))).toEqual(['first.', 'second.']);
  });

  it('gives up on a channel that stays limited, knowing that nothing was posted', async () => {
    const { slack, chat, clock } = await connected();
    slack.fault({ method: 'chat.postMessage', kind: 'ratelimit', times: 99 });

    const post = passing(clock, chat.post(ops, card('hello'), 'en-US'));

    await expect(post).rejects.toMatchObject({ reason: 'throttled', unsure: false, retryable: true });
  });

  it('shows a private answer to one person, in the thread', async () => {
    const { slack, chat } = await connected();
    const root = await slack.as('alice').say('#ops', 'hi');

    const posted = await chat.post({ ...ops, thread: root.ts, private: 'U0ALICE' }, card('only you'), 'en-US');

    expect(posted).toBeUndefined();
    expect(slack.ephemerals('U0ALICE')).toMatchObject([{ text: 'only you.', thread_ts: root.ts }]);
  });

  it('keeps a private answer in a direct message, where it can be found again', async () => {
    const { slack, chat } = await connected();
    const { channel } = await slack.as('alice').dm('hi');

    const posted = await chat.post({ channel, private: 'U0ALICE' }, card('only you'), 'en-US');

    expect(posted).toMatchObject({ channel });
  });

  it('never shows a private card to a channel when nobody is named', async () => {
    const { slack, chat } = await connected();

    await expect(chat.post(ops, card('secret', { private: true }), 'en-US')).rejects.toMatchObject({
      code: 'nobody_named',
    });
    expect(slack.messages('#ops')).toEqual([]);
  });

  it('answers through the response URL where the bot is no member', async () => {
    const { slack, chat } = await connected();
    slack.deliverTo({ url: 'http://127.0.0.1:1/' });
    const { responseUrl } = await slack.as('alice').slash('/ops status', '#random');

    const open = await chat.post({ channel: 'C0RANDOM', responseUrl }, card('status'), 'en-US');
    await chat.post({ channel: 'C0RANDOM', responseUrl, private: 'U0ALICE' }, card('refused'), 'en-US');

    expect(open).toBeUndefined();
    expect(texts(slack.ephemerals('U0ALICE'))).toEqual(expect.arrayContaining(['status.', 'refused.']));
  });

  it('says so when the response URL is used up', async () => {
    const { slack, chat } = await connected();
    slack.deliverTo({ url: 'http://127.0.0.1:1/' });
    const { responseUrl } = await slack.as('alice').slash('/ops status', '#random');
    const to = { channel: 'C0RANDOM', responseUrl };
    for (let use = 0; use < 5; use++) await chat.post(to, card('status'), 'en-US');

    await expect(chat.post(to, card('status'), 'en-US')).rejects.toMatchObject({
      operation: 'response_url',
      unsure: false,
    });
  });
});

const progress: Reply = {
  parts: [
    { kind: 'progress', title: text('1 of 2'), steps: [{ title: text('step'), state: 'done' }] },
    {
      kind: 'chart',
      title: text('load'),
      unit: '%',
      labels: [0, 300_000],
      series: [{ name: text('cpu'), values: [1, 2] }],
    },
  ],
};

describe('blocks that a workspace refuses', () => {
  it('are left out one kind after the other, and the kind is remembered', async () => {
    const { slack, chat } = await connected();
    slack.fault({ method: 'chat.postMessage', kind: 'invalid_blocks', times: 2 });

    await chat.post(ops, progress, 'en-US');
    await chat.post(ops, progress, 'en-US');

    const types = slack.messages('#ops').map((message) => message.blocks.map((block) => block['type']));
    expect(types).toEqual([['section'], ['section']]);
    expect(slack.calls('chat.postMessage')).toHaveLength(4);
  });

  it('are remembered for edits too', async () => {
    const { slack, chat } = await connected();
    slack.fault({ method: 'chat.postMessage', kind: 'invalid_blocks' });
    const posted = await chat.post(ops, progress, 'en-US');
    if (!posted) throw new Error('not posted');

    await chat.update(posted, progress, 'en-US');

    expect(
      slack
        .messages('#ops')
        .at(-1)
        ?.blocks.map((block) => block['type']),
    ).toEqual(['section', 'data_visualization']);
    expect(slack.calls('chat.update')).toHaveLength(1);
  });

  it('leave plain text in the end, and nothing is forgotten to be possible', async () => {
    const { slack, chat } = await connected();
    slack.fault({ method: 'chat.postMessage', kind: 'invalid_blocks' });

    await chat.post(ops, card('plain'), 'en-US');
    await chat.post(ops, progress, 'en-US');

    expect(slack.messages('#ops')[0]).toMatchObject({ text: 'plain.', blocks: [] });
    expect(slack.messages('#ops')[1]?.blocks[0]).toMatchObject({ type: 'plan' });
  });
});

describe('editing', () => {
  it('spends a budget: states in between are dropped, the newest one arrives', async () => {
    const { slack, chat, clock, message } = await withMessage();

    const edits = Array.from({ length: 200 }, (_, index) => chat.update(message, card(`n${index}`), 'en-US'));
    await passing(clock, Promise.all(edits));

    expect(slack.messages('#ops').at(-1)?.text).toBe('n199.');
    expect(slack.calls('chat.update').length).toBeLessThan(15);
  });

  it('never goes over 50 edits a minute in the workspace', async () => {
    const { slack, chat, clock } = await withMessage();
    const messages = await Promise.all(Array.from({ length: 80 }, () => chat.post(ops, card('x'), 'en-US')));

    const all = Promise.allSettled(messages.flatMap((one) => (one ? [chat.update(one, card('y'), 'en-US')] : [])));
    const begun = clock.now();
    await clock.advance(59_000);
    while (slack.calls('chat.update').some((call) => call.error === 'no_answer')) await settle();
    const inTheFirstMinute = slack.calls('chat.update').length;
    await passing(
      clock,
      slack.untilTrue(() =>
        texts(slack.messages('#ops'))
          .slice(1)
          .every((one) => one === 'y.'),
      ),
    );
    await all;

    expect(inTheFirstMinute).toBeGreaterThan(10);
    expect(inTheFirstMinute).toBeLessThanOrEqual(50);
    expect(clock.now() - begun).toBeGreaterThan(60_000);
  });

  it.each(['ratelimit', 'http-500', 'drop-response'] as const)(
    'is repeated after %s until Slack took it',
    async (kind) => {
      const { slack, chat, clock, message } = await withMessage();
      slack.fault({ method: 'chat.update', kind, times: 2 });

      await passing(clock, chat.update(message, card('done'), 'en-US'));

      expect(slack.messages('#ops').at(-1)?.text).toBe('done.');
    },
  );

  it('goes over to the newer state while the older one waits to be repeated', async () => {
    const { slack, chat, clock, message } = await withMessage();
    slack.fault({ method: 'chat.update', kind: 'ratelimit', ms: 5000 });

    const older = chat.update(message, card('older'), 'en-US');
    const newer = chat.update(message, card('newer'), 'en-US');
    await passing(clock, Promise.all([older, newer]));

    expect(slack.messages('#ops').at(-1)).toMatchObject({ text: 'newer.', edits: 1 });
  });

  it('says so when the message is gone', async () => {
    const { chat } = await connected();

    const edit = chat.update({ channel: 'C0OPS', ts: '1.000001' }, card('x'), 'en-US');

    await expect(edit).rejects.toMatchObject({ code: 'message_not_found', unsure: false });
  });
});

describe('reacting', () => {
  it('adds the sign, twice without an error', async () => {
    const { slack, chat } = await connected();
    const message = await chat.post(ops, card('x'), 'en-US');
    if (!message) throw new Error('not posted');

    await chat.react(message, 'done');
    await chat.react(message, 'done');

    expect(slack.messages('#ops').at(-1)?.reactions).toMatchObject([{ name: 'white_check_mark' }]);
  });

  it('does not mind a message that is gone', async () => {
    const { chat } = await connected();

    await expect(chat.react({ channel: 'C0OPS', ts: '1.000001' }, 'done')).resolves.toBeUndefined();
  });
});

describe('a card in a simulated workspace', () => {
  it('says so', async () => {
    const { slack } = await connected();
    const banner = say('plain', { text: 'Simulated' });
    const chat = slackChat({ settings: slack, words, clock: testClock(), log: keptLog().log, banner });

    await chat.post(ops, card('x'), 'en-US');

    expect(slack.messages('#ops')[0]?.text).toBe('x. Simulated.');
  });
});

async function withMessage() {
  const all = await connected();
  const message = await all.chat.post(ops, card('start'), 'en-US');
  if (!message) throw new Error('not posted');
  return { ...all, message };
}

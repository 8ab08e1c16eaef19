// Tokens, signatures and what Bolt does with client options.
import { afterEach, describe, expect, it } from 'vitest';
import { ConfigError, PlatformError } from '../../src/core/errors.ts';
import { simSlack } from '../../src/sim/slack/server.ts';
import { slackApp } from '../../src/slack/app.ts';
import { slackChat } from '../../src/slack/chat.ts';
import { testClock } from '../clock.ts';
import { card, edge, keptLog, passing, realClock } from './edge.ts';
import { ourWords as words } from './words.ts';

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

async function slackOnly() {
  const slack = await simSlack();
  closing.push(() => slack.close());
  return slack;
}

function build(settings: Parameters<typeof slackApp>[0]['settings'], clock = realClock) {
  const { log, lines } = keptLog();
  const chat = slackChat({ settings, words, clock, log });
  return { app: slackApp({ settings, bot: { accept: async () => undefined }, chat, words, clock, log }), lines };
}

describe('starting', () => {
  it('says that Slack refuses the bot token', async () => {
    const { appToken, apiUrl } = await slackOnly();
    const { app, lines } = build({ botToken: 'xoxb-wrong', appToken, apiUrl });

    await expect(app.start()).rejects.toThrow(new ConfigError(['SLACK_BOT_TOKEN: Slack refuses it (invalid_auth)']));
    expect(lines.join()).not.toContain('xoxb-wrong');
  });

  it('says that Slack refuses the app-level token', async () => {
    const { botToken, apiUrl } = await slackOnly();
    const { app } = build({ botToken, appToken: 'xapp-wrong', apiUrl });

    await expect(app.start()).rejects.toThrow(new ConfigError(['SLACK_APP_TOKEN: Slack refuses it (invalid_auth)']));
  });

  it('says that neither way in is set', () => {
    expect(() => build({ botToken: 'xoxb-1' })).toThrow(ConfigError);
    expect(() => build({ botToken: 'xoxb-1', signingSecret: 's' })).toThrow('neither is set');
  });

  it('waits out a short outage', async () => {
    const slack = await slackOnly();
    const clock = testClock();
    slack.fault({ method: 'auth.test', kind: 'http-500', times: 2 });
    const { app } = build(slack, clock);
    closing.push(() => app.stop(0));

    const start = await passing(clock, app.start());

    expect(start).toMatchObject({ team: slack.team.id, user: slack.botUser });
    expect(slack.calls('auth.test')).toHaveLength(3);
  });

  it('gives up on an outage that lasts', async () => {
    const slack = await slackOnly();
    const clock = testClock();
    slack.fault({ method: 'auth.test', kind: 'http-500', times: 99 });

    const start = passing(clock, build(slack, clock).app.start());

    await expect(start).rejects.toBeInstanceOf(PlatformError);
  });

  it('asks who it is once, not on every event', async () => {
    const one = await edge({});
    closing.push(() => one.close());

    await one.slack.as('alice').dm('one');
    await one.slack.as('alice').dm('two');

    expect(one.slack.calls('auth.test')).toHaveLength(1);
  });

  it('keeps Socket Mode’s retry policy away from posts', async () => {
    const one = await edge({ mode: 'socket' });
    closing.push(() => one.close());
    one.slack.fault({ method: 'chat.postMessage', kind: 'http-500' });

    const post = one.chat.post({ channel: 'C0OPS' }, card('hello'), 'en-US');

    await expect(post).rejects.toMatchObject({ code: 'http_500', unsure: true });
    expect(one.slack.calls('chat.postMessage')).toHaveLength(1);
  });
});

describe('signed HTTP', () => {
  it.each([
    ['forged', { secret: 'guessed' }],
    ['replayed after six minutes', { timestamp: Math.floor(Date.now() / 1000) - 360 }],
  ])('refuses what is %s', async (_, tampering) => {
    const one = await edge({ mode: 'http' });
    closing.push(() => one.close());
    const event = { type: 'app_mention', user: 'U0ALICE', channel: 'C0OPS', ts: '1.1', text: 'scale' };
    const payload = { type: 'event_callback', event_id: 'Ev1', team_id: one.slack.team.id, event };

    const forged = await one.slack.http().request({ type: 'events_api', payload }, tampering);

    expect(forged).toMatchObject({ acked: false, status: 401 });
    expect(one.requests).toEqual([]);
  });

  it('answers Slack’s check of the request URL', async () => {
    const one = await edge({ mode: 'http' });
    closing.push(() => one.close());

    expect(await one.slack.http().verifyUrl()).toBe(true);
  });
});

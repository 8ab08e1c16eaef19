import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { simSlack, type SimSlack } from '../../../src/sim/slack/server.ts';
import { echoApp, type EchoApp } from './echo-app.ts';

let slack: SimSlack;

describe('a real Bolt app', () => {
  let echo: EchoApp;
  const forged = { type: 'slash_commands' as const, payload: { command: '/ops', text: 'status', user_id: 'U0ALICE' } };

  beforeEach(async () => {
    slack = await simSlack();
    echo = await echoApp(slack, 'http');
  });
  afterEach(async () => {
    await echo.stop();
    await slack.close();
  });

  it('gives the challenge of its Request URL back', async () => {
    expect(await slack.http().verifyUrl()).toBe(true);
  });

  it('refuses a request signed with another secret', async () => {
    const answer = await slack.http().request(forged, { secret: 'guessed' });

    expect(answer).toMatchObject({ acked: false, status: 401 });
    expect(echo.heard).toEqual([]);
  });

  it('refuses a request of six minutes ago', async () => {
    const answer = await slack.http().request(forged, { timestamp: Math.floor(Date.now() / 1000) - 360 });

    expect(answer).toMatchObject({ acked: false, status: 401 });
    expect(echo.heard).toEqual([]);
  });

  it('hears a repeated event twice, with the number of the retry', async () => {
    const said = await slack.as('alice').dm('hello');
    const payload = {
      event_id: said.events[0]?.id,
      type: 'event_callback',
      team_id: slack.team.id,
      event: { type: 'app_home_opened', user: 'U0ALICE' },
    };

    await slack.http().request({ type: 'events_api', payload }, { retry: { attempt: 1, reason: 'http_timeout' } });
    await slack.until((one) => one.text === 'you whispered: hello');

    expect(echo.heard.filter((one) => one.id === said.events[0]?.id).map((one) => one.retry)).toEqual([undefined, 1]);
  });
});

describe('an app that answers badly', () => {
  let server: Server;
  let headers: IncomingHttpHeaders[] = [];
  let answers: { status: number; headers?: Record<string, string> }[] = [];

  beforeEach(async () => {
    headers = [];
    server = createServer((request, response) => {
      headers.push(request.headers);
      request.resume();
      const answer = answers.shift() ?? { status: 200 };
      request.on('end', () => response.writeHead(answer.status, answer.headers).end());
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/slack/events`;
    slack = await simSlack({ delivery: { url }, retryDelaysMs: [0, 0, 0] });
  });
  afterEach(async () => {
    await slack.close();
    server.closeAllConnections();
    await new Promise<void>((resolve) => server.close(() => resolve()));
  });

  it('gets an event again with X-Slack-Retry headers until it takes it', async () => {
    answers = [{ status: 500 }, { status: 503 }];

    const said = await slack.as('alice').dm('hello');

    expect(said.events[0]).toMatchObject({ acked: false, reason: 'http_error' });
    expect(await said.events[0]?.final).toMatchObject({ acked: true, attempts: 3 });
    expect(headers.map((one) => [one['x-slack-retry-num'], one['x-slack-retry-reason']])).toEqual([
      [undefined, undefined],
      ['1', 'http_error'],
      ['2', 'http_error'],
    ]);
  });

  it('is spared retries when it says so', async () => {
    answers = [{ status: 500, headers: { 'x-slack-no-retry': '1' } }];

    const said = await slack.as('alice').dm('hello');

    expect(await said.events[0]?.final).toMatchObject({ acked: false, attempts: 1 });
  });

  it('does not get a command again', async () => {
    answers = [{ status: 500 }];

    const done = await slack.as('alice').slash('status');

    expect(done.shown?.text).toBe('/ops failed with the error "dispatch_failed"');
    expect(headers).toHaveLength(1);
  });
});

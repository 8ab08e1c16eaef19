// Two connections against everything that happens to them: refreshes, silence, ghosts, a Slack that lets nobody in.
import { afterAll, expect, it } from 'vitest';
import type { Clock } from '../../src/core/ports.ts';
import { simSlack, type SlackOptions } from '../../src/sim/slack/server.ts';
import { slackApp } from '../../src/slack/app.ts';
import { slackChat } from '../../src/slack/chat.ts';
import { pacedClock, testClock } from '../clock.ts';
import { keptLog } from './edge.ts';
import { ourWords as words } from './words.ts';

const closing: (() => Promise<unknown>)[] = [];
afterAll(async () => {
  for (const close of closing.splice(0).toReversed()) await close();
});

/** A Slack that pings often, and an app in it for which time runs this much faster. */
const rate = 15;
async function around(options: { slack?: SlackOptions; processes?: number; clock?: Clock } = {}) {
  const slack = await simSlack({ pingMs: 30, ackMs: 500, ...options.slack });
  const { lines, log } = keptLog();
  const clock = options.clock ?? pacedClock(rate);
  const { botToken, appToken, apiUrl } = slack;
  const settings = { botToken, appToken, apiUrl };
  const chat = slackChat({ settings, words, clock, log });
  const processes = options.processes ? { processes: options.processes } : {};
  const app = slackApp({ settings, bot: { accept: async () => undefined }, chat, words, clock, log, ...processes });
  closing.push(
    () => slack.close(),
    () => app.stop(0),
  );
  const said = (text: string): string[] => lines.filter((line) => line.includes(text));
  return { slack, app, clock, lines, said };
}

async function started(options: Parameters<typeof around>[0] = {}) {
  const all = await around(options);
  await all.app.start();
  return all;
}

async function bothOpen(options: Parameters<typeof around>[0] = {}) {
  const all = await started(options);
  await until(() => all.app.open() === 2);
  return all;
}

/** Until it holds, a turn of the network at a time; the test's own time limit is the end of patience. */
async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 5));
}

/** Commands sent one after the other while `what` happens; whether each was acknowledged. */
async function commandsDuring(slack: Awaited<ReturnType<typeof simSlack>>, what: Promise<unknown>): Promise<boolean[]> {
  const acked: boolean[] = [];
  const state = { over: false };
  const happening = what.finally(() => (state.over = true));
  while (!state.over) acked.push((await slack.as('alice').slash('help', '#ops')).acked);
  await happening;
  return acked;
}

it.concurrent('opens two connections, the second one a while after the first', async () => {
  const { slack, app, clock } = await started();
  const first = clock.now();
  expect([app.open(), slack.socket.count()]).toEqual([1, 1]);

  await slack.socket.connected(2);

  expect(clock.now() - first).toBeGreaterThan(14_000);
  await until(() => app.open() === 2);
});

it.concurrent('loses no command while Slack renews both connections at once', async () => {
  const { slack, app, said } = await bothOpen();
  const renewed = slack.socket.refresh({}, 10_000 / rate).then(() => until(() => app.open() === 2));

  const acked = await commandsDuring(slack, renewed);

  expect(acked.length).toBeGreaterThan(10);
  expect(acked).not.toContain(false);
  expect(said('connected to Slack').length).toBeGreaterThanOrEqual(4);
});

it.concurrent('loses no command when Slack asks a connection to go without a warning', async () => {
  const { slack, app, said } = await bothOpen();
  slack.socket.disconnect('refresh_requested', { index: 0 });
  const renewed = until(() => said('"why":"refresh_requested"').length === 1).then(() =>
    until(() => app.open() === 2 && slack.socket.count() === 2),
  );

  const acked = await commandsDuring(slack, renewed);

  expect(acked.length).toBeGreaterThan(10);
  expect(acked).not.toContain(false);
});

it.concurrent('comes back at once, on one connection first, when the network breaks both', async () => {
  const clock = testClock();
  const { slack, app, said } = await started({ clock });
  await clock.advance(15_000);
  await until(() => app.open() === 2);

  slack.socket.drop();
  await until(() => said('"why":"closed"').length === 2);

  // No time passes for the app.
  await until(() => app.open() === 1);
  expect(slack.calls('apps.connections.open')).toHaveLength(3);
  await clock.advance(15_000);
  await until(() => app.open() === 2);
});

it.concurrent('replaces a connection on which nothing arrives any more', async () => {
  const { slack, app, said } = await bothOpen();

  slack.socket.freeze({ index: 0 });
  await until(() => said('"why":"silent"').length === 1);
  await until(() => app.open() === 2);

  expect(slack.socket.count()).toBe(3);
});

it.concurrent.each([
  { processes: 1, ghosts: 0, warned: false },
  { processes: 2, ghosts: 2, warned: false },
  { processes: 1, ghosts: 1, warned: true },
])(
  '$ghosts foreign connections beside $processes processes are said: $warned',
  async ({ processes, ghosts, warned }) => {
    const { slack, app, said } = await around({ processes });
    for (let ghost = 0; ghost < ghosts; ghost += 1) slack.socket.ghost();

    await app.start();
    await until(() => app.open() === 2);

    const figures = `"connections":${2 + ghosts},"expected":${2 * processes},"own":2`;
    expect(said(figures).length > 0).toBe(warned);
  },
);

it.concurrent('keeps trying while Slack lets nobody in, and is there when it does', async () => {
  const { slack, app, said } = await bothOpen();
  slack.fault({ method: 'apps.connections.open', kind: 'http-503', forMs: 600 });

  slack.socket.drop();
  await until(() => said('"failures":4').length > 0);
  expect(app.open()).toBe(0);
  await until(() => app.open() === 2);

  expect((await slack.as('alice').slash('help', '#ops')).acked).toBe(true);
});

it.concurrent('waits as long as Slack says before it asks for a connection again', async () => {
  const { slack, app, said } = await around();
  slack.fault({ method: 'apps.connections.open', kind: 'ratelimit', ms: 20_000 });

  await app.start();

  expect(said('"again":20000')).toHaveLength(1);
});

it.concurrent('gives up a connection that Slack never greets, and opens another', async () => {
  const { slack, app, said } = await around();
  slack.socket.greet(false);
  const starting = app.start();
  await until(() => said('not done within').length > 0);

  slack.socket.greet(true);
  await starting;

  expect(app.open()).toBe(1);
});

it.concurrent('goes on when its token is refused later: a token can be given back', async () => {
  const { slack, app, said } = await bothOpen();
  slack.fault({ method: 'apps.connections.open', kind: 'error', code: 'invalid_auth', times: 3 });

  slack.socket.drop();
  await until(() => app.open() === 0);
  await until(() => app.open() === 2);

  expect(said('invalid_auth').length).toBeGreaterThanOrEqual(3);
});

it.concurrent('waits for a free place where the app has its ten connections', async () => {
  const { slack, app, said } = await around();
  const leave = Array.from({ length: 9 }, () => slack.socket.ghost());
  await app.start();
  await until(() => said('too_many_websockets').length > 0);
  expect(app.open()).toBe(1);

  for (const one of leave) one();

  await until(() => app.open() === 2);
});

it.concurrent('leaves no connection behind', async () => {
  const { slack, app } = await bothOpen();

  await app.stop();
  await until(() => slack.socket.count() === 0);

  expect(slack.socket.endings()).toEqual([1000, 1000]);
  expect(app.open()).toBe(0);
});

it.concurrent('leaves none behind either when it is stopped while it opens one', async () => {
  const { slack, app } = await around();
  slack.fault({ method: 'apps.connections.open', kind: 'latency', ms: 200 });
  void app.start();
  await until(() => slack.calls('apps.connections.open').length === 1);

  await app.stop();
  await until(() => slack.calls('apps.connections.open').every((call) => call.ok));
  await new Promise((resolve) => setTimeout(resolve, 50));

  expect([app.open(), slack.socket.count()]).toEqual([0, 0]);
});

import { afterEach, beforeEach, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { simSlack, type SimSlack } from '../../../src/sim/slack/server.ts';
import { echoApp } from './echo-app.ts';
import { rawSocket } from './raw-socket.ts';

let slack: SimSlack;

beforeEach(async () => {
  slack = await simSlack({ ackMs: 100, retryDelaysMs: [0, 0, 0] });
});
afterEach(() => slack.close());

it('greets each connection with how many there are', async () => {
  const first = await rawSocket(slack);
  const second = await rawSocket(slack);

  expect([first.hello, second.hello]).toMatchObject([
    { type: 'hello', num_connections: 1 },
    { type: 'hello', num_connections: 2 },
  ]);
});

it('sends each event to one connection, in turn', async () => {
  const sockets = [await rawSocket(slack), await rawSocket(slack)];
  const acknowledged = sockets.map(async (socket) => socket.ack(await socket.next()));

  const first = await slack.as('alice').say('#ops', '@OpsJack one');
  const second = await slack.as('alice').say('#ops', '@OpsJack two');

  await Promise.all(acknowledged);
  expect([...first.events, ...second.events].map((one) => one.acked)).toEqual([true, true]);
});

it('sends an event that nobody acknowledged again, up to three times, with the count and the reason', async () => {
  const socket = await rawSocket(slack);

  const said = await slack.as('alice').say('#ops', '@OpsJack hi');
  const attempts = [await socket.next(), await socket.next(), await socket.next(), await socket.next()];

  expect(said.events[0]).toMatchObject({ acked: false, reason: 'timeout' });
  expect(attempts.map((one) => [one['retry_attempt'], one['retry_reason']])).toEqual([
    [0, ''],
    [1, 'timeout'],
    [2, 'timeout'],
    [3, 'timeout'],
  ]);
  expect(new Set(attempts.map((one) => (one['payload'] as { event_id: string }).event_id)).size).toBe(1);
  expect(await said.events[0]?.final).toMatchObject({ acked: false, attempts: 4 });
});

it('stops sending again once it is acknowledged', async () => {
  const socket = await rawSocket(slack);
  const said = slack.as('alice').say('#ops', '@OpsJack hi');
  await socket.next();

  socket.ack(await socket.next());

  const [event] = (await said).events;
  expect(await event?.final).toMatchObject({ acked: true, attempts: 2 });
});

it('offers an event to another connection, unchanged, when its own is cut', async () => {
  const sockets = [await rawSocket(slack), await rawSocket(slack)] as const;
  const said = slack.as('alice').say('#ops', '@OpsJack hi');
  const arriving = sockets.map((socket) => socket.next());
  const holder = await Promise.race(arriving.map((one, index) => one.then(() => index)));
  const offered = await arriving[holder];

  sockets[holder === 0 ? 0 : 1].cut();
  const again = await arriving[1 - holder];
  if (again) sockets[holder === 0 ? 1 : 0].ack(again);

  expect(again).toMatchObject({ envelope_id: offered?.envelope_id, retry_attempt: 0 });
  expect((await said).events).toMatchObject([{ acked: true }]);
});

it('loses a command whose connection is cut, and tells its sender', async () => {
  const socket = await rawSocket(slack);
  await rawSocket(slack);
  const ghost = slack.socket.ghost();
  const done = slack.as('alice').slash('status');
  void socket.next().then(() => socket.cut());
  ghost();

  expect((await done).shown?.text).toContain('failed with the error');
});

it('routes to ghosts as if somebody were there', async () => {
  slack.socket.ghost();

  const done = await slack.as('alice').slash('status');

  expect(done).toMatchObject({ acked: false, reason: 'timeout' });
  expect((await rawSocket(slack)).hello['num_connections']).toBe(2);
});

it('refuses a ticket that was used, and an eleventh connection', async () => {
  const { url } = await rawSocket(slack);
  const reused = await new Promise((resolve) => {
    new WebSocket(url).on('error', (error) => resolve(error.message));
  });
  for (let count = 1; count < 10; count += 1) slack.socket.ghost();

  const eleventh = await rawSocket(slack);

  expect(reused).toContain('401');
  expect(eleventh.hello).toMatchObject({ type: 'disconnect', reason: 'too_many_websockets' });
});

it('gives the payload of an acknowledgement to the command', async () => {
  const socket = await rawSocket(slack);
  const done = slack.as('alice').slash('status @minsu in api.shop.com', '#ops');
  const envelope = await socket.next();

  socket.ack(envelope, { text: 'for all', response_type: 'in_channel' });

  expect(envelope).toMatchObject({
    type: 'slash_commands',
    accepts_response_payload: true,
    payload: {
      command: '/ops',
      text: 'status <@U0MINSU|minsu> in api.shop.com',
      channel_name: 'ops',
      user_id: 'U0ALICE',
    },
  });
  expect((await done).shown).toMatchObject({ text: 'for all', channel: 'C0OPS' });
  expect(slack.messages('#ops').map((one) => one.text)).toEqual(['for all']);
});

it.each([
  ['its connection broke', () => slack.socket.drop()],
  ['Slack refreshed its connection', () => slack.socket.disconnect('refresh_requested')],
])('sees a real Bolt app come back after %s', async (_what, interrupt) => {
  const echo = await echoApp(slack, 'socket');
  const back = echo.reconnected();

  interrupt();
  await back;
  await slack.as('alice').slash('hello', '#ops');

  expect((await slack.until((one) => one.text === 'got hello')).ephemeral).toBe('U0ALICE');
  await echo.stop();
});

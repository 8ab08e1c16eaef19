// What a simulated Slack does to connections and calls on request.
import { afterEach, beforeEach, expect, it } from 'vitest';
import { faultList } from '../../../src/sim/slack/faults.ts';
import { simSlack, type SimSlack } from '../../../src/sim/slack/server.ts';
import { rawSocket } from './raw-socket.ts';

let slack: SimSlack;

beforeEach(async () => {
  slack = await simSlack({ ackMs: 100, retryDelaysMs: [] });
});
afterEach(() => slack.close());

const open = () =>
  fetch(`${slack.apiUrl}apps.connections.open`, {
    method: 'POST',
    headers: { authorization: `Bearer ${slack.appToken}` },
  });

const control = async (what: object): Promise<unknown> => {
  const url = `${slack.apiUrl.replace('/api/', '/_sim/')}sockets`;
  const answer = await fetch(url, { method: 'POST', body: JSON.stringify(what) });
  return answer.json();
};

it('warns a connection, still sends there, asks it to go and closes it', async () => {
  const socket = await rawSocket(slack);
  const renewed = slack.socket.refresh({}, 50);
  expect(await socket.next()).toMatchObject({ type: 'disconnect', reason: 'warning' });

  const done = slack.as('alice').slash('help');
  socket.ack(await socket.next());

  expect((await done).acked).toBe(true);
  expect(await socket.next()).toMatchObject({ type: 'disconnect', reason: 'refresh_requested' });
  await renewed;
  expect(await slack.as('alice').slash('help')).toMatchObject({ acked: false, reason: 'no_connection' });
});

it('waits for an acknowledgement that is under way before it closes', async () => {
  const socket = await rawSocket(slack);
  const done = slack.as('alice').slash('help');
  const envelope = await socket.next();

  const renewed = slack.socket.refresh({}, 0);
  await socket.next();
  socket.ack(envelope);

  expect((await done).acked).toBe(true);
  await renewed;
});

it('renews one connection and leaves the other', async () => {
  const [first, second] = [await rawSocket(slack), await rawSocket(slack)];

  await slack.socket.refresh({ index: 0 }, 0);
  const done = slack.as('alice').slash('help');
  second.ack(await second.next());

  expect((await done).acked).toBe(true);
  expect(await first.next()).toMatchObject({ reason: 'warning' });
});

it('still routes to a frozen connection, where nothing arrives', async () => {
  const socket = await rawSocket(slack);
  expect(await control({ do: 'freeze' })).toMatchObject({ ok: true, result: { connections: 1 } });

  const done = await slack.as('alice').slash('help');

  expect(done).toMatchObject({ acked: false, reason: 'timeout' });
  expect(slack.socket.count()).toBe(1);
  socket.cut();
});

it.each([
  ['drop', 0],
  ['ghost', 2],
  ['refresh_requested', 0],
  ['warning', 1],
])('does %s from another process', async (action, connections) => {
  await rawSocket(slack);

  await control({ do: action });
  while (slack.socket.count() !== connections) await new Promise((resolve) => setImmediate(resolve));

  expect(await control({ do: 'explode' })).toMatchObject({ ok: false });
});

it('answers no call for a while, then all', async () => {
  slack.fault({ method: 'apps.connections.open', kind: 'http-503', forMs: 150 });

  expect([(await open()).status, (await open()).status]).toEqual([503, 503]);
  while ((await open()).status !== 200) await new Promise((resolve) => setImmediate(resolve));
  expect(slack.faults()).toEqual([]);
});

it('says how long a limit still lasts', () => {
  const time = { now: 0 };
  const faults = faultList(undefined, () => time.now);
  faults.add({ kind: 'ratelimit', forMs: 30_000 });
  time.now = 10_000;

  expect(faults.take('chat.update').fault).toMatchObject({ kind: 'ratelimit', ms: 20_000 });
  expect(faults.take('chat.postMessage').fault).toMatchObject({ kind: 'ratelimit', ms: 20_000 });
  time.now = 30_000;
  expect(faults.take('chat.update').fault).toBeUndefined();
});

import { WebClient } from '@slack/web-api';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { simSlack, type SimSlack } from '../../../src/sim/slack/server.ts';
import { rawSocket } from './raw-socket.ts';

let slack: SimSlack;
let socket: Awaited<ReturnType<typeof rawSocket>>;
let web: WebClient;

/** Acknowledges the next envelope and gives the event (or payload) in it. */
async function hear(): Promise<Record<string, unknown>> {
  const envelope = await socket.next();
  socket.ack(envelope);
  const payload = envelope['payload'] as Record<string, unknown>;
  return (payload['event'] as Record<string, unknown> | undefined) ?? payload;
}

beforeEach(async () => {
  slack = await simSlack({ retryDelaysMs: [] });
  socket = await rawSocket(slack);
  web = new WebClient(slack.botToken, { slackApiUrl: slack.apiUrl, retryConfig: { retries: 0 } });
});
afterEach(() => slack.close());

it('an edited mention comes as app_mention again, marked as edited', async () => {
  const alice = slack.as('alice');
  const first = hear();
  const said = await alice.say('#ops', '@OpsJack scale api to 4');
  await first;

  const again = hear();
  await alice.edit(said, '@OpsJack scale api to 5');

  expect(await again).toMatchObject({
    type: 'app_mention',
    ts: said.ts,
    text: '<@U0OPSJACK> scale api to 5',
    edited: { user: 'U0ALICE' },
  });
});

it('an edited and a deleted direct message come with what was there before', async () => {
  const minsu = slack.as('minsu');
  const first = hear();
  const said = await minsu.dm('하나');
  await first;

  const changed = hear();
  await minsu.edit(said, '둘');
  const deleted = [await changed, hear()] as const;
  await minsu.remove(said);

  expect(deleted[0]).toMatchObject({
    subtype: 'message_changed',
    message: { text: '둘' },
    previous_message: { text: '하나' },
  });
  expect(await deleted[1]).toMatchObject({
    subtype: 'message_deleted',
    deleted_ts: said.ts,
    previous_message: { text: '둘' },
  });
});

it('somebody of another workspace is known by team, in a channel that is marked as shared', async () => {
  const envelope = socket.next();
  const said = slack.as('pat').say('#partner-shared', '@OpsJack hi');
  socket.ack(await envelope);
  await said;

  expect((await envelope)['payload']).toMatchObject({
    team_id: 'T0SIMSHOP',
    is_ext_shared_channel: true,
    event: { team: 'T0PARTNER', user_team: 'T0PARTNER', source_team: 'T0PARTNER', channel: 'C0PARTNER' },
  });
  await expect(slack.as('pat').slash('status')).rejects.toThrow('another workspace');
});

it('nobody can write or click where they are not', async () => {
  const { ts = '' } = await web.chat.postMessage({ channel: 'G0ONCALL', text: 'x' });
  const message = slack.messages('G0ONCALL').find((one) => one.ts === ts);
  if (!message) throw new Error('not posted');

  await expect(slack.as('pat').say('#ops', 'hi')).rejects.toThrow('not in ops');
  await expect(slack.as('jiho').click(message, 1)).rejects.toThrow('not in oncall-private');
});

it('a click carries what Slack sends: container, message, state, value', async () => {
  const elements = [
    { type: 'button' as const, text: { type: 'plain_text' as const, text: 'Go' }, action_id: 'go', value: '7' },
    {
      type: 'static_select' as const,
      action_id: 'size',
      options: ['s', 'l'].map((value) => ({ text: { type: 'plain_text' as const, text: value }, value })),
    },
  ];
  await web.chat.postMessage({
    channel: 'C0OPS',
    text: 'card',
    blocks: [{ type: 'actions', block_id: 'row', elements }],
  });
  const card = await slack.until((one) => one.text === 'card');

  const picked = hear();
  await slack.as('alice').select(card, 'l');
  await picked;
  const clicked = hear();
  await slack.as('alice').click(card, 'Go');

  expect(await clicked).toMatchObject({
    type: 'block_actions',
    user: { id: 'U0ALICE', username: 'alice', team_id: 'T0SIMSHOP' },
    container: { type: 'message', message_ts: card.ts, channel_id: 'C0OPS', is_ephemeral: false },
    message: { text: 'card', bot_id: slack.app.botId },
    state: { values: { row: { size: { type: 'static_select', selected_option: { value: 'l' } } } } },
    actions: [{ type: 'button', action_id: 'go', block_id: 'row', value: '7', action_ts: expect.any(String) }],
  });
});

it('a stale screen can still click what is gone, and a declined dialog sends nothing', async () => {
  const confirm = { text: { type: 'plain_text' as const, text: 'Sure?' } };
  const button = {
    type: 'button' as const,
    text: { type: 'plain_text' as const, text: 'Go' },
    action_id: 'go',
    confirm,
  };
  await web.chat.postMessage({ channel: 'C0OPS', text: 'card', blocks: [{ type: 'actions', elements: [button] }] });
  const card = await slack.until((one) => one.text === 'card');
  const declined = await slack.as('alice').click(card, 'Go', { decline: true });
  await web.chat.update({ channel: 'C0OPS', ts: card.ts, text: 'closed', blocks: [] });

  const clicked = hear();
  const late = await slack.as('alice').click(card, 'Go', { stale: true });

  expect(declined).toMatchObject({ acked: false, reason: 'declined' });
  expect(await clicked).toMatchObject({ actions: [{ action_id: 'go' }] });
  expect(late.acked).toBe(true);
});

it('is acted in and looked at over HTTP by programs of this machine, not by web pages', async () => {
  const control = slack.apiUrl.replace('/api/', '/_sim/');
  const act = JSON.stringify({ user: 'alice', do: 'say', channel: '#ops', text: 'hello' });

  const done = await fetch(`${control}act`, { method: 'POST', body: act });
  const seen = await fetch(`${control}messages?channel=ops`);
  const page = await fetch(`${control}act`, { method: 'POST', body: act, headers: { origin: 'https://evil.example' } });

  expect(await done.json()).toMatchObject({ ok: true, result: { channel: 'C0OPS' } });
  expect(await seen.json()).toMatchObject({ result: [{ text: 'hello' }] });
  expect(page.status).toBe(403);
});

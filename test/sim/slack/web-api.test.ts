import { WebClient } from '@slack/web-api';
import { afterEach, describe, expect, it } from 'vitest';
import { simSlack, type SimSlack, type SlackOptions } from '../../../src/sim/slack/server.ts';

let slack: SimSlack;
let now = 0;

async function client(options: SlackOptions = {}, token?: string): Promise<WebClient> {
  now = Date.parse('2026-11-23T12:00:00Z');
  slack = await simSlack({ clock: { now: () => now }, ...options });
  return new WebClient(token ?? slack.botToken, {
    slackApiUrl: slack.apiUrl,
    timeout: 2_000,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
  });
}

function refusal(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => 'taken',
    (error: { data?: unknown; retryAfter?: number; code?: string }) =>
      error.data ?? { code: error.code, retryAfter: error.retryAfter },
  );
}

async function answer(url: string): Promise<string> {
  const body = JSON.stringify({ text: 'hi', response_type: 'in_channel' });
  const response = await fetch(url, { method: 'POST', body });
  return `${response.status} ${await response.text()}`;
}

afterEach(() => slack.close());

describe('posting', () => {
  it('keeps text, blocks and thread, and dates messages by its clock', async () => {
    const web = await client();

    const parent = await web.chat.postMessage({ channel: 'C0OPS', text: 'hello', blocks: [{ type: 'divider' }] });
    await web.chat.postMessage({ channel: 'C0OPS', text: 'again', thread_ts: parent.ts });

    expect(parent.ts).toBe('1795435200.000000');
    expect(slack.messages('#ops')).toMatchObject([
      { text: 'hello', blocks: [{ type: 'divider', block_id: expect.any(String) }], edits: 0, order: 0 },
      { text: 'again', thread_ts: parent.ts, order: 1 },
    ]);
  });

  it('counts edits, keeps what was said before, and leaves blocks that an update does not mention', async () => {
    const web = await client();
    const { ts = '' } = await web.chat.postMessage({ channel: 'C0OPS', text: 'one', blocks: [{ type: 'divider' }] });

    await web.chat.update({ channel: 'C0OPS', ts, text: 'two' });
    await web.chat.update({ channel: 'C0OPS', ts, text: 'three', blocks: [] });

    const [message] = slack.messages('#ops');
    expect(message).toMatchObject({ text: 'three', blocks: [], edits: 2 });
    expect(message?.history.map((one) => [one.text, one.blocks.length])).toEqual([
      ['one', 1],
      ['two', 1],
    ]);
  });

  it.each([
    ['channel_not_found', { channel: 'C0NOWHERE', text: 'x' }],
    ['not_in_channel', { channel: 'C0RANDOM', text: 'x' }],
    ['no_text', { channel: 'C0OPS', text: '' }],
    ['msg_too_long', { channel: 'C0OPS', text: 'x'.repeat(40_001) }],
    ['invalid_blocks_format', { channel: 'C0OPS', text: 'x', blocks: 'nonsense' }],
  ])('refuses with %s', async (code, args) => {
    const web = await client();

    expect(await refusal(web.apiCall('chat.postMessage', args))).toMatchObject({ ok: false, error: code });
    expect(slack.messages('#ops')).toEqual([]);
  });

  it('names the place of what is wrong in blocks', async () => {
    const web = await client();
    const text = { type: 'mrkdwn' as const, text: 'x'.repeat(3001) };

    const error = await refusal(
      web.chat.postMessage({ channel: 'C0OPS', text: 'x', blocks: [{ type: 'section', text }] }),
    );

    expect(error).toMatchObject({
      error: 'invalid_blocks',
      response_metadata: { messages: ['[ERROR] must be less than 3001 characters [json-pointer:/blocks/0/text/text]'] },
    });
  });

  it('shows an ephemeral message to its person alone', async () => {
    const web = await client();

    await web.chat.postEphemeral({ channel: 'C0OPS', user: 'U0ALICE', text: 'psst' });

    expect(slack.messages('#ops')).toEqual([]);
    expect(slack.ephemerals('alice').map((one) => one.text)).toEqual(['psst']);
    expect(slack.ephemerals('minsu')).toEqual([]);
  });

  it('refuses to change what others wrote, and what only one person sees', async () => {
    const web = await client();
    const { ts } = await slack.as('alice').say('#ops', 'mine');
    const { message_ts = '' } = await web.chat.postEphemeral({ channel: 'C0OPS', user: 'U0ALICE', text: 'psst' });

    expect(await refusal(web.chat.update({ channel: 'C0OPS', ts, text: 'x' }))).toMatchObject({
      error: 'cant_update_message',
    });
    expect(await refusal(web.chat.delete({ channel: 'C0OPS', ts }))).toMatchObject({ error: 'cant_delete_message' });
    expect(await refusal(web.chat.update({ channel: 'C0OPS', ts: message_ts, text: 'x' }))).toMatchObject({
      error: 'message_not_found',
    });
  });

  it('refuses the same reaction twice', async () => {
    const web = await client();
    const { ts = '' } = await web.chat.postMessage({ channel: 'C0OPS', text: 'x' });
    const reaction = { channel: 'C0OPS', timestamp: ts, name: 'white_check_mark' };

    await web.reactions.add(reaction);

    expect(await refusal(web.reactions.add(reaction))).toMatchObject({ error: 'already_reacted' });
    expect(slack.messages('#ops')[0]?.reactions).toEqual([{ name: 'white_check_mark', users: [slack.botUser] }]);
  });

  it('clears the status of a thread when the bot posts in it', async () => {
    const web = await client();
    const { ts } = await slack.as('alice').say('#ops', 'hm');

    await web.assistant.threads.setStatus({ channel_id: 'C0OPS', thread_ts: ts, status: 'is looking' });
    const before = slack.status('#ops', ts);
    await web.chat.postMessage({ channel: 'C0OPS', thread_ts: ts, text: 'found' });

    expect([before, slack.status('#ops', ts)]).toEqual(['is looking', undefined]);
  });
});

describe('who may call', () => {
  it('refuses no token, a wrong one and one of the wrong kind', async () => {
    const web = await client({}, 'xoxb-wrong');

    expect(await refusal(web.auth.test())).toMatchObject({ error: 'invalid_auth' });
    expect(await refusal(web.apps.connections.open({ token: slack.botToken }))).toMatchObject({
      error: 'not_allowed_token_type',
    });
    const bare = await fetch(`${slack.apiUrl}auth.test`, { method: 'POST' });
    expect(await bare.json()).toEqual({ ok: false, error: 'not_authed' });
  });

  it('names the scope that is missing', async () => {
    const web = await client();

    const history = await refusal(web.conversations.history({ channel: 'C0OPS' }));
    slack.grant('chat:write', false);

    expect(history).toMatchObject({ error: 'missing_scope', needed: 'channels:history' });
    expect(await refusal(web.chat.postMessage({ channel: 'C0OPS', text: 'x' }))).toMatchObject({
      needed: 'chat:write',
    });
  });

  it('reads history with metadata where it is granted', async () => {
    const web = await client({ history: true });
    const metadata = { event_type: 'reply', event_payload: { key: 'k1' } };
    await web.chat.postMessage({ channel: 'C0OPS', text: 'x', metadata });

    const { messages } = await web.conversations.history({ channel: 'C0OPS', include_all_metadata: true });

    expect(messages).toMatchObject([{ text: 'x', metadata }]);
  });
});

describe('limits in time and number', () => {
  it('answers 429 with Retry-After when one channel gets too much, and lets others through', async () => {
    const web = await client({ scopes: ['chat:write.public'] });
    for (let count = 0; count < 30; count += 1) await web.chat.postMessage({ channel: 'C0OPS', text: `${count}` });

    const refused = await refusal(web.chat.postMessage({ channel: 'C0OPS', text: 'too much' }));
    const elsewhere = await web.chat.postMessage({ channel: 'C0RANDOM', text: 'fine' });

    expect(refused).toEqual({ code: 'slack_webapi_rate_limited_error', retryAfter: 1 });
    expect(elsewhere.ok).toBe(true);
  });

  it('takes a trigger_id once and for three seconds', async () => {
    const web = await client({ ackMs: 50 });
    const view = { type: 'modal' as const, title: { type: 'plain_text' as const, text: 'T' }, blocks: [] };
    const first = await slack.as('alice').slash('x');
    const late = await slack.as('alice').slash('x');

    await web.views.open({ trigger_id: first.triggerId, view });
    const again = await refusal(web.views.open({ trigger_id: first.triggerId, view }));
    now += 3_001;
    const expired = await refusal(web.views.open({ trigger_id: late.triggerId, view }));

    expect([again, expired]).toMatchObject([{ error: 'exchanged_trigger_id' }, { error: 'expired_trigger_id' }]);
  });

  it('takes five answers at a response_url, within thirty minutes', async () => {
    await client({ ackMs: 50 });
    const { responseUrl } = await slack.as('alice').slash('x', '#ops');
    const other = await slack.as('alice').slash('x', '#ops');

    const answers: string[] = [];
    for (let count = 0; count < 6; count += 1) answers.push(await answer(responseUrl));
    now += 30 * 60_000 + 1;

    expect(answers).toEqual([...Array.from({ length: 5 }, () => '200 ok'), '404 used_url']);
    expect(await answer(other.responseUrl)).toBe('404 expired_url');
    expect(slack.messages('#ops')).toHaveLength(5);
  });

  it('refuses an update of a view that has changed meanwhile', async () => {
    const web = await client({ ackMs: 50 });
    const view = { type: 'modal' as const, title: { type: 'plain_text' as const, text: 'T' }, blocks: [] };
    const { triggerId } = await slack.as('alice').slash('x');
    const opened = await web.views.open({ trigger_id: triggerId, view });
    const { id: view_id = '', hash = '' } = opened.view ?? {};

    await web.views.update({ view_id, hash, view });

    expect(await refusal(web.views.update({ view_id, hash, view }))).toMatchObject({ error: 'hash_conflict' });
  });
});

describe('faults', () => {
  it('does what was asked and loses the answer', async () => {
    const web = await client();
    slack.fault({ method: 'chat.postMessage', kind: 'drop-response' });

    const error = await refusal(web.chat.postMessage({ channel: 'C0OPS', text: 'once' }));
    await web.chat.postMessage({ channel: 'C0OPS', text: 'twice' });

    expect(error).toMatchObject({ code: 'slack_webapi_request_error' });
    expect(slack.messages('#ops').map((one) => one.text)).toEqual(['once', 'twice']);
  });

  it.each([
    [{ kind: 'error', code: 'fatal_error' } as const, { error: 'fatal_error' }],
    [{ kind: 'invalid_blocks' } as const, { error: 'invalid_blocks' }],
    [{ kind: 'ratelimit', ms: 2_500 } as const, { retryAfter: 3 }],
    [{ kind: 'http-500' } as const, { code: 'slack_webapi_http_error' }],
  ])('fails as often as it is told, then no more: %o', async (fault, expected) => {
    const web = await client();
    slack.fault({ method: 'chat.postMessage', times: 1, ...fault });

    const first = await refusal(web.chat.postMessage({ channel: 'C0OPS', text: 'a' }));
    const second = await web.chat.postMessage({ channel: 'C0OPS', text: 'b' });

    expect(first).toMatchObject(expected);
    expect(second.ok).toBe(true);
    expect(slack.calls('chat.postMessage').map((one) => one.ok)).toEqual([false, true]);
  });
});

it('takes a file in three steps', async () => {
  const web = await client();

  await web.filesUploadV2({ channel_id: 'C0OPS', filename: 'log.txt', content: 'line', initial_comment: 'the log' });

  const [message] = slack.messages('#ops');
  expect(message).toMatchObject({ text: 'the log', files: [{ name: 'log.txt' }] });
  expect(slack.files.get(String(message?.files[0]?.['id']))?.content?.includes('line')).toBe(true);
});

it('records calls without tokens', async () => {
  const web = await client();

  await web.chat.postMessage({ channel: 'C0OPS', text: 'x', token: slack.botToken });

  expect(JSON.stringify(slack.calls())).not.toContain('xoxb');
});

it('tells what was said when what was waited for never comes', async () => {
  const web = await client();
  await web.chat.postMessage({ channel: 'C0OPS', text: 'something else' });

  await expect(slack.until((one) => one.text === 'nope', { timeoutMs: 10 })).rejects.toThrow(
    '[#ops] opsjack: something else',
  );
});

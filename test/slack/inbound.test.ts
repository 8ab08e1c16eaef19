import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inbound, type Inbound } from '../../src/slack/inbound.ts';

const self = { team: 'T061EG9R6', user: 'U0LAN0Z89', bot: 'B0LAN0Z89' };
const clock = { now: () => 1000, after: () => () => undefined };
type Payload = Record<string, unknown> & { event: Record<string, unknown> };

function payload(name: string): Payload {
  return JSON.parse(readFileSync(new URL(`../payloads/slack/${name}.json`, import.meta.url), 'utf8')) as Payload;
}
function withEvent(name: string, change: Record<string, unknown>): Payload {
  const body = payload(name);
  return { ...body, event: { ...body.event, ...change } };
}
const read = () => inbound(self, clock);
const request = (found: Inbound) => (found.kind === 'request' ? found.request : found);

describe('a message', () => {
  it('that mentions the bot is a request without its name, answered in a thread', () => {
    expect(read().event(payload('app-mention'))).toEqual({
      kind: 'request',
      request: {
        id: 'msg/C123ABC456/1515449522.000016',
        by: 'U061F7AUR',
        place: {
          workspace: self.team,
          channel: 'C123ABC456',
          thread: '1515449522.000016',
          direct: false,
          shared: false,
        },
        origin: 'message',
        at: 1000,
        text: 'status of checkout-api-prod?',
      },
    });
  });

  it('that arrives as a mention and as a message is the same request', () => {
    const mention = read().event(payload('app-mention'));
    const message = read().event({
      ...withEvent('app-mention', { type: 'message', channel_type: 'channel' }),
      event_id: 'Ev2',
    });

    expect(message).toEqual(mention);
  });

  it('in a direct message needs no mention and is answered on the channel itself', () => {
    expect(request(read().event(payload('message-im')))).toMatchObject({
      text: 'api-prod를 최소 4 최대 12로 늘려줘',
      place: { direct: true },
    });
    expect(request(read().event(payload('message-im')))).not.toHaveProperty('place.thread');
  });

  it('in a thread of a direct message is answered there', () => {
    const found = read().event(withEvent('message-im', { thread_ts: '1355517000.000001' }));

    expect(request(found)).toMatchObject({ place: { thread: '1355517000.000001' } });
  });

  it('in a thread without a mention is only a request if the thread waits for it', () => {
    const found = read().event(
      withEvent('app-mention', { type: 'message', text: '12', thread_ts: '1515449000.000001' }),
    );

    expect(found).toMatchObject({ kind: 'thread', request: { text: '12', place: { thread: '1515449000.000001' } } });
  });

  it('leaves out quoted lines and whatever is attached', () => {
    const text = '<@U0LAN0Z89> status\n&gt; deploy v42 to api-prod\n of cart';
    const found = read().event(
      withEvent('app-mention', { text, attachments: [{ text: 'rollback api-prod', is_share: true }] }),
    );

    expect(request(found)).toMatchObject({ text: 'status\n of cart' });
  });

  it('that is nothing but a mention is an empty request', () => {
    expect(request(read().event(withEvent('app-mention', { text: '<@U0LAN0Z89>' })))).toMatchObject({ text: '' });
  });

  it.each([
    ['from a bot', { bot_id: 'B1', user: 'U9' }, 'bot'],
    ['of the bot itself', { user: 'U0LAN0Z89' }, 'bot'],
    ['of Slackbot', { user: 'USLACKBOT' }, 'bot'],
    ['about somebody joining', { subtype: 'channel_join' }, 'subtype'],
    ['of nobody', { user: undefined }, 'subtype'],
    ['among people on a channel', { type: 'message', text: 'lunch?' }, 'not-addressed'],
    ['without a time', { ts: undefined }, 'malformed'],
  ])('%s is ignored', (_, change, why) => {
    expect(read().event(withEvent('app-mention', change))).toEqual({ kind: 'ignored', why });
  });

  it('that was edited or deleted is ignored', () => {
    expect(read().event(payload('message-changed'))).toMatchObject({ kind: 'ignored', why: 'subtype' });
    expect(read().event(withEvent('message-changed', { subtype: 'message_deleted' }))).toMatchObject({
      why: 'subtype',
    });
  });

  it('of another workspace is refused', () => {
    const body = { ...payload('app-mention'), team_id: 'T0EVIL', authorizations: [{ team_id: 'T0EVIL' }] };

    expect(read().event(body)).toEqual({ kind: 'ignored', why: 'foreign' });
  });

  it('in a channel shared outside says so, and clicks there say so afterwards', () => {
    const edge = read();
    const found = edge.event({ ...payload('app-mention'), is_ext_shared_channel: true });

    expect(request(found)).toMatchObject({ place: { shared: true } });
    expect(request(edge.click(payload('block-actions-button')))).toMatchObject({ place: { shared: true } });
  });

  it('of a person of another workspace counts as shared', () => {
    expect(request(read().event(withEvent('app-mention', { user_team: 'T0PARTNER' })))).toMatchObject({
      place: { shared: true },
    });
  });
});

describe('a slash command', () => {
  it('is a request with an address for private answers', () => {
    expect(request(read().command(payload('slash-command')))).toEqual({
      id: 'cmd/13345224609.738474920.8088930838d88f008e0',
      by: 'U061F7AUR',
      place: {
        workspace: self.team,
        channel: 'C2147483705',
        direct: false,
        shared: false,
        responseUrl: 'https://hooks.slack.com/commands/T061EG9R6/1234/5678',
      },
      origin: 'slash',
      at: 1000,
      text: 'status checkout-api-prod',
    });
  });

  it('of another workspace is refused', () => {
    expect(read().command({ ...payload('slash-command'), team_id: 'T0EVIL' })).toEqual({
      kind: 'ignored',
      why: 'foreign',
    });
  });
});

describe('a click', () => {
  it('on a button carries its click, its message and its thread', () => {
    expect(request(read().click(payload('block-actions-button')))).toMatchObject({
      id: 'clk/12321423423.333649436676.d8c1bb837935619ccad0f624c448ffb3',
      by: 'U061F7AUR',
      origin: 'button',
      place: { channel: 'C123ABC456', thread: '1548261200.000100' },
      message: { channel: 'C123ABC456', ts: '1548261231.000200' },
      click: { plan: 'plan_8F3K2M', verb: 'confirm' },
    });
  });

  it('on a menu of a private message has no message to edit and no thread', () => {
    const found = request(read().click(payload('block-actions-menu')));

    expect(found).toMatchObject({ click: { dialog: 'dlg_9RB4SE', pick: '3' } });
    expect(found).not.toHaveProperty('message');
    expect(found).not.toHaveProperty('place.thread');
  });

  it.each([
    ['an action of another version', { action_id: 'approve', type: 'button', value: '["p","confirm","plan_1"]' }],
    ['a value nobody wrote', { action_id: 'go.1', type: 'button', value: 'rm -rf' }],
    ['no value', { action_id: 'go.1', type: 'button' }],
  ])('with %s is outdated', (_, action) => {
    const found = read().click({ ...payload('block-actions-button'), actions: [action] });

    expect(found).toMatchObject({ kind: 'outdated', by: 'U061F7AUR' });
  });

  it('on a link is nothing to do', () => {
    const actions = [{ action_id: 'link.2', type: 'button', value: '' }];

    expect(read().click({ ...payload('block-actions-button'), actions })).toEqual({ kind: 'ignored', why: 'link' });
  });

  it('of another workspace is refused', () => {
    const team = { id: 'T0EVIL', domain: 'evil' };

    expect(read().click({ ...payload('block-actions-button'), team })).toEqual({ kind: 'ignored', why: 'foreign' });
  });
});

it('any body at all is read without an error', () => {
  fc.assert(
    fc.property(fc.anything(), (body) => {
      const edge = read();

      for (const found of [edge.event(body), edge.command(body), edge.click(body)]) expect(found.kind).toBe('ignored');
    }),
  );
});

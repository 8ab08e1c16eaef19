// Real Bolt between the simulated Slack and a scripted bot, over both ways in.
import { afterEach, describe, expect, it } from 'vitest';
import { settle } from '../clock.ts';
import { answerTo, card, edge, text } from './edge.ts';

type Edge = Awaited<ReturnType<typeof edge>>;
const open: Edge[] = [];
async function started(options: Parameters<typeof edge>[0]): Promise<Edge> {
  const one = await edge(options);
  open.push(one);
  return one;
}
afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
});

describe.each(['socket', 'http'] as const)('over %s', (mode) => {
  it('answers a mention in its thread, after something to see', async () => {
    const { slack, requests } = await started({
      mode,
      accept: async (request, chat) => async () =>
        void (await chat.post(answerTo(request), card('all is well'), 'en-US')),
    });

    const said = await slack.as('alice').say('#ops', '@opsjack status of shop-web-prod');
    const answer = await slack.until((message) => message.text === 'all is well.');

    expect(said.events[0]?.acked).toBe(true);
    expect(requests).toMatchObject([
      { id: `msg/${said.channel}/${said.ts}`, text: 'status of shop-web-prod', by: 'U0ALICE' },
    ]);
    expect(answer.thread_ts).toBe(said.ts);
    expect(slack.calls('assistant.threads.setStatus')).toMatchObject([
      { body: { thread_ts: said.ts, status: 'is looking' } },
    ]);
  });

  it('answers a direct message where it was written', async () => {
    const { slack } = await started({
      mode,
      accept: async (request, chat) => async () => void (await chat.post(answerTo(request), card('네'), 'ko-KR')),
    });

    await slack.as('minsu').dm('도움말');
    const answer = await slack.until((message) => message.text === '네.');

    expect(answer).toMatchObject({ channel: 'D0MINSU' });
    expect(answer).not.toHaveProperty('thread_ts');
  });

  it('acknowledges a command after it was recorded and before it is worked on', async () => {
    const order: string[] = [];
    const released = Promise.withResolvers<void>();
    const { slack } = await started({
      mode,
      accept: async () => {
        order.push('recorded');
        return async () => {
          await released.promise;
          order.push('worked');
        };
      },
    });

    const sent = await slack.as('alice').slash('/ops status shop-web-prod', '#ops');
    order.push('acknowledged');
    released.resolve();
    await open[0]?.app.stop();

    expect(sent).toMatchObject({ acked: true });
    expect(order).toEqual(['recorded', 'acknowledged', 'worked']);
  });

  it('hands a click on, and the card can be edited by it', async () => {
    const { slack, chat, requests } = await started({
      mode,
      accept: async (request, to) => async () => {
        if (request.message) await to.update(request.message, card('confirmed'), 'en-US');
      },
    });
    const actions = [{ kind: 'button', label: text('Go'), click: { plan: 'plan_1', verb: 'confirm' } }] as const;
    await chat.post({ channel: 'C0OPS' }, card('plan', { actions }), 'en-US');
    const message = await slack.until((one) => one.text.startsWith('plan.'));

    const clicked = await slack.as('alice').click(message, 'Go');
    await slack.until((one) => one.text === 'confirmed.');

    expect(clicked.acked).toBe(true);
    expect(requests).toMatchObject([{ id: `clk/${clicked.triggerId}`, click: { plan: 'plan_1', verb: 'confirm' } }]);
  });

  it('hands on what was picked in a menu', async () => {
    const { slack, chat, requests } = await started({ mode });
    const options = [{ label: text('cart-api-prod'), click: { dialog: 'dlg_1', pick: '3' } }];
    const actions = [{ kind: 'menu', placeholder: text('Another'), options }] as const;
    await chat.post({ channel: 'C0OPS' }, card('which', { actions }), 'en-US');
    const message = await slack.until((one) => one.text.startsWith('which.'));

    await slack.as('alice').select(message, 'cart-api-prod');

    expect(requests).toMatchObject([{ click: { dialog: 'dlg_1', pick: '3' } }]);
  });

  it('does not acknowledge an event that could not be recorded: Slack delivers it again', async () => {
    let failures = 2;
    const { slack, requests } = await started({
      mode,
      slack: { ackMs: 300 },
      accept: async (request, chat) => {
        if (failures-- > 0) throw new Error('disk full');
        return async () => void (await chat.post(answerTo(request), card('back again'), 'en-US'));
      },
    });

    const said = await slack.as('alice').say('#ops', '@opsjack status');
    const final = await said.events[0]?.final;
    await slack.until((message) => message.text === 'back again.');

    expect(said.events[0]).toMatchObject({ acked: false, ...(mode === 'http' ? { status: 500 } : {}) });
    expect(final).toMatchObject({ acked: true, attempts: 3 });
    expect(new Set(requests.map((request) => request.id)).size).toBe(1);
  });

  it('does not acknowledge a command or a click that could not be recorded: Slack says so', async () => {
    const { slack, chat } = await started({
      mode,
      slack: { ackMs: 300 },
      accept: async () => {
        throw new Error('disk full');
      },
    });
    const actions = [{ kind: 'button', label: text('Go'), click: { plan: 'plan_1', verb: 'confirm' } }] as const;
    await chat.post({ channel: 'C0OPS' }, card('plan', { actions }), 'en-US');

    const command = await slack.as('alice').slash('/ops help', '#ops');
    const click = await slack.as('alice').click(await slack.until((one) => one.text.startsWith('plan.')), 'Go');

    expect(command).toMatchObject({ acked: false, shown: { text: expect.stringContaining('failed') } });
    expect(click.acked).toBe(false);
  });

  it('does once what arrives twice', async () => {
    const seen = new Set<string>();
    const { slack, requests } = await started({
      mode,
      slack: { history: true },
      accept: async (request, chat) => {
        if (seen.has(request.id)) return undefined;
        seen.add(request.id);
        return async () => void (await chat.post(answerTo(request), card('once'), 'en-US'));
      },
    });

    const said = await slack.as('alice').say('#ops', '@opsjack status');
    await slack.until((message) => message.text === 'once.');
    await open[0]?.app.stop();

    expect(said.events.map((event) => event.acked)).toEqual([true, true]);
    expect(requests.map((request) => request.id)).toEqual(Array(2).fill(`msg/${said.channel}/${said.ts}`));
    expect(slack.messages('#ops').filter((message) => message.text === 'once.')).toHaveLength(1);
    expect(slack.calls('assistant.threads.setStatus')).toHaveLength(1);
  });

  it('survives a payload without an inner event, and acknowledges it', async () => {
    const { slack, requests } = await started({ mode });
    const payload = { token: 't', type: 'app_rate_limited', team_id: slack.team.id, minute_rate_limited: 1518467820 };

    const limited = await slack.deliver({ type: 'events_api', payload });
    await slack.as('alice').say('#ops', '@opsjack status');

    expect(limited.acked).toBe(true);
    expect(requests).toHaveLength(1);
  });

  it('acknowledges and drops what is not for it: talk, links, unknown events, other workspaces', async () => {
    const { slack, requests, chat, lines } = await started({ mode, slack: { history: true } });
    const actions = [{ kind: 'link', label: text('Console'), url: 'https://console.example' }] as const;
    await chat.post({ channel: 'C0OPS' }, card('status', { actions }), 'en-US');
    const talk = await slack.as('alice').say('#ops', 'my salary is a secret');
    const thread = await slack.as('minsu').say('#ops', 'really a secret', { thread: talk.ts });
    const link = await slack.as('alice').click(await slack.until((one) => one.text.startsWith('status')), 'Console');
    const payload = { type: 'event_callback', event_id: 'Ev1', team_id: slack.team.id, event: { type: 'pin_added' } };
    const unknown = await slack.deliver({ type: 'events_api', payload });
    const event = { type: 'app_mention', user: 'U1', channel: 'C0OPS', ts: '1.1', text: 'scale' };
    const foreign = await slack.deliver({ type: 'events_api', payload: { ...payload, team_id: 'T0EVIL', event } });

    expect([talk.events[0], thread.events[0], link, unknown, foreign].map((one) => one?.acked)).toEqual(
      Array(5).fill(true),
    );
    expect(requests).toEqual([]);
    expect(lines.join()).not.toContain('secret');
  });

  it('reads a plain reply in a thread that waits for one', async () => {
    const { slack, requests } = await started({
      mode,
      slack: { history: true },
      waits: async (place) => place.thread !== undefined,
    });

    const root = await slack.as('alice').say('#ops', 'no question yet');
    await slack.as('alice').say('#ops', '12', { thread: root.ts });

    expect(requests).toMatchObject([{ text: '12', place: { thread: root.ts } }]);
  });

  it('tells the clicker that a button is from an older version', async () => {
    const { slack, requests, chat } = await started({ mode });
    const actions = [{ kind: 'button', label: text('Go'), click: { plan: 'plan_1', verb: 'confirm' } }] as const;
    await chat.post({ channel: 'C0OPS' }, card('plan', { actions }), 'en-US');
    const message = await slack.until((one) => one.text.startsWith('plan.'));
    const forged = JSON.parse(JSON.stringify(message).replaceAll('confirm', 'explode')) as typeof message;

    const clicked = await slack.as('alice').click(forged, 'Go', { stale: true });
    await slack.until((one) => one.ephemeral === 'U0ALICE' && one.text.includes('older version'));

    expect(clicked.acked).toBe(true);
    expect(requests).toEqual([]);
  });

  it('goes on after work that failed, and logs no secret', async () => {
    const { slack, requests, lines } = await started({
      mode,
      accept: async () => async () => {
        throw new Error('boom xoxb-1-secret');
      },
    });

    await slack.as('alice').say('#ops', '@opsjack one');
    await slack.as('alice').say('#ops', '@opsjack two');

    expect(requests).toHaveLength(2);
    expect(lines.join()).toContain('boom');
    expect(lines.join()).not.toContain('xoxb-1-secret');
  });

  it('finishes what it has taken before it stops, and takes nothing new', async () => {
    const released = Promise.withResolvers<void>();
    const done: string[] = [];
    const { slack, app } = await started({
      mode,
      slack: { ackMs: 300 },
      accept: async (request) => async () => {
        await released.promise;
        done.push(request.text ?? '');
      },
    });
    await slack.as('alice').say('#ops', '@opsjack first');

    let stopped = false;
    const stopping = app.stop(5000).then(() => (stopped = true));
    const late = await slack.as('alice').slash('/ops second', '#ops');
    await settle(100);
    expect(stopped).toBe(false);
    released.resolve();
    await stopping;

    expect(late.acked).toBe(false);
    expect(done).toEqual(['first']);
  });
});

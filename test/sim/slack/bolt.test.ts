import { afterEach, describe, expect, it } from 'vitest';
import { simSlack, type SimSlack, type SlackOptions } from '../../../src/sim/slack/server.ts';
import { echoApp, type EchoApp } from './echo-app.ts';

const running: { slack: SimSlack; echo: EchoApp }[] = [];

async function both(mode: 'socket' | 'http', options: SlackOptions = {}): Promise<{ slack: SimSlack; echo: EchoApp }> {
  const slack = await simSlack(options);
  const echo = await echoApp(slack, mode);
  running.push({ slack, echo });
  return { slack, echo };
}

afterEach(async () => {
  for (const { slack, echo } of running.splice(0)) {
    await echo.stop();
    await slack.close();
  }
});

describe.each(['socket', 'http'] as const)('a real Bolt app over %s', (mode) => {
  it('answers a mention in its thread', async () => {
    const { slack } = await both(mode);

    const said = await slack.as('alice').say('#ops', '@OpsJack status of api-prod & <web>');
    const reply = await slack.until((one) => one.user === slack.botUser, { since: said.since });

    expect(said.events).toMatchObject([{ type: 'app_mention', acked: true }]);
    expect(reply.text).toBe(`you said: <@${slack.botUser}> status of api-prod &amp; &lt;web&gt;`);
    expect(reply.thread_ts).toBe(said.ts);
    expect(slack.thread('#ops', said.ts).map((one) => one.user)).toEqual(['U0ALICE', slack.botUser]);
  });

  it('answers a direct message, and ignores the echo of its own', async () => {
    const { slack, echo } = await both(mode);

    const said = await slack.as('minsu').dm('상태 알려줘');
    await slack.until((one) => one.text === 'you whispered: 상태 알려줘');

    expect(said.events.map((one) => one.type)).toEqual(['message']);
    await slack.untilTrue(() => echo.heard.length >= 1);
    expect(slack.messages(said.channel)).toHaveLength(2);
  });

  it('hears nothing of a channel message without a mention', async () => {
    const { slack } = await both(mode);

    const said = await slack.as('alice').say('#ops', 'lunch?');

    expect(said.events).toEqual([]);
  });

  it('gets a mention twice, with two event ids, where history is granted', async () => {
    const { slack } = await both(mode, { history: true });

    const said = await slack.as('alice').say('#ops', '@OpsJack hi');

    expect(said.events.map((one) => one.type)).toEqual(['app_mention', 'message']);
    expect(new Set(said.events.map((one) => one.id)).size).toBe(2);
    await slack.until((one) => one.text.startsWith('you said'));
    await slack.until((one) => one.text.startsWith('you whispered'));
  });

  it('shows the answer of an acknowledged command to its sender alone', async () => {
    const { slack } = await both(mode);

    const done = await slack.as('alice').slash('/ops status', '#ops');

    expect(done).toMatchObject({ acked: true, shown: { text: 'got status', ephemeral: 'U0ALICE' } });
    expect(slack.messages('#ops')).toEqual([]);
  });

  it('tells the sender of a command that was never acknowledged', async () => {
    const { slack } = await both(mode, { ackMs: 200 });

    const done = await slack.as('alice').slash('silence');

    expect(done.acked).toBe(false);
    expect(done.shown?.text).toBe('/ops failed with the error "operation_timeout"');
  });

  it('updates the message whose button was clicked, and refuses a click on what is gone', async () => {
    const { slack } = await both(mode);
    await slack.as('alice').say('#ops', '@OpsJack card');
    const card = await slack.until((one) => slack.clickables(one).length > 0);

    const click = await slack.as('daniel').click(card, 'Done');
    const closed = await slack.until((one) => one.order === card.order && one.edits === 1);

    expect(click).toMatchObject({ acked: true, confirm: { text: { text: 'Sure?' } } });
    expect(closed).toMatchObject({ text: 'closed by U0DANIEL', blocks: [] });
    await expect(slack.as('daniel').click(card, 'Done')).rejects.toThrow('nothing to click');
  });

  it('answers a pick from a menu through the response_url', async () => {
    const { slack } = await both(mode);
    await slack.as('alice').say('#ops', '@OpsJack card');
    const card = await slack.until((one) => slack.clickables(one).length > 0);

    await slack.as('daniel').select(card, 'large');
    const answer = await slack.until((one) => one.text === 'size large');

    expect(answer.ephemeral).toBe('U0DANIEL');
    expect(slack.clickables(card).map((one) => `${one.number} ${one.label}`)).toEqual(['1 Done', '2 small', '3 large']);
  });

  it('opens a form, gives errors back to their field, and closes it when it is taken', async () => {
    const { slack } = await both(mode);
    const alice = slack.as('alice');
    await alice.slash('form');
    const view = await slack.untilView('alice');

    const refused = await alice.submit(view, { Minimum: 0 });
    const taken = await alice.submit(view, { Minimum: 4 });

    expect(refused).toMatchObject({ acked: true, errors: { min: 'not zero' } });
    expect(taken.errors).toBeUndefined();
    expect(slack.views('alice')).toEqual([]);
    await expect(alice.submit(view, {})).rejects.toThrow('not on top');
  });

  it('uses the response_url of a command', async () => {
    const { slack } = await both(mode);

    await slack.as('alice').slash('/ops later', '#random');
    const answer = await slack.until((one) => one.text === 'later it is');

    expect(answer).toMatchObject({ ephemeral: 'U0ALICE', channel: 'C0RANDOM' });
  });
});

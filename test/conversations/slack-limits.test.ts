// A Slack that limits, renews and loses things in the middle of a change.
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { becomes, talk } from './dialog.ts';
import { title, words, workspace, type Workspace } from './workspace.ts';

const soon = () => new Promise((resolve) => setTimeout(resolve, 20));

describe('Slack under stress', { timeout: 60_000 }, () => {
  let here: Workspace;
  beforeEach(async () => {
    here = await workspace();
  });
  afterEach(() => here.close());

  const writes = () => here.aws.control.calls().filter(({ operation }) => operation === 'RegisterScalableTarget');

  test('limits posts and edits for 30 s: the change goes on meanwhile, and everything is shown afterwards, once', async () => {
    const minsu = talk(here, 'minsu');
    const plan = await minsu.plan('api-prod를 최소 4 최대 12로');
    // Ten seconds of Slack are thirty of the bot.
    for (const method of ['chat.update', 'chat.postMessage']) {
      here.slack.fault({ method, kind: 'ratelimit', ms: 30_000, forMs: 10_000 });
    }

    const clicked = await minsu.person.click(plan, '4–12로 변경');
    const asked = await here.slack.as('alice').dm('status of api-prod');
    while (writes().length === 0) await soon();

    expect(here.slack.faults()).toHaveLength(2);
    expect([clicked.acked, ...asked.events.map((event) => event.acked)]).toEqual([true, true]);
    const done = await becomes(here, plan, '완료');
    expect(words(done)).toContain('태스크 4개 모두 정상');
    const answer = await here.slack.until((message) => title(message).includes('api-prod'), {
      since: asked.since,
      timeoutMs: 25_000,
    });
    expect(here.slack.messages('U0ALICE').filter((one) => one.order >= answer.order)).toHaveLength(1);
    expect(writes()).toHaveLength(1);
  });

  test('renews every connection while somebody confirms: nothing is lost', async () => {
    const alice = talk(here, 'alice');
    await here.slack.socket.connected(2);
    const plan = await alice.plan('scale api-prod min 4 max 12');

    const renewed = here.slack.socket.refresh({}, 200);
    const clicked = await alice.person.click(plan, 'Scale to 4–12');
    await renewed;
    const done = await becomes(here, plan, ', done');

    expect(clicked.acked).toBe(true);
    expect(words(done)).toContain('All 4 tasks healthy');
    expect(writes()).toHaveLength(1);
  });

  test('routes to a connection nobody is behind: the click fails before the eyes of who clicked, and works the next time', async () => {
    const alice = talk(here, 'alice');
    const plan = await alice.plan('scale api-prod min 4 max 12');
    here.slack.socket.freeze();

    const lost = await alice.person.click(plan, 'Scale to 4–12');
    expect(lost).toMatchObject({ acked: false });
    expect(writes()).toEqual([]);
    while (!here.lines.some((line) => line.includes('"why":"silent"'))) await soon();
    // Slack notices in the end, and counts them no longer.
    here.slack.socket.drop();
    while (!(await alice.person.click(plan, 'Scale to 4–12')).acked) await soon();

    await becomes(here, plan, ', done');
    expect(writes()).toHaveLength(1);
  });
});

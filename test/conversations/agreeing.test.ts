import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { becomes, changes, labels, talk } from './dialog.ts';
import { title, words, workspace, type Workspace } from './workspace.ts';

const minute = 60_000;

let here: Workspace;
beforeAll(async () => {
  here = await workspace({ history: true });
});
afterAll(() => here.close());
beforeEach(() => here.aws.control.clearCalls());

/** What only this person was told since then. */
const privately = (who: string, since: number) =>
  here.slack.until((message) => message.ephemeral === here.slack.as(who).person.id, { since });

describe('who may confirm, and when', () => {
  test('after five minutes a plan has expired: the click does nothing, and it is said', async () => {
    const alice = talk(here, 'alice');
    const plan = await alice.plan('scale image-worker-prod min 5 max 20');

    here.clock.jump(5 * minute + 1000);
    const late = await alice.person.click(plan, 'Scale to 5–20', { stale: true });

    expect(late.acked).toBe(true);
    const expired = await becomes(here, plan, ', expired');
    expect(words(expired)).toContain('Nothing was changed');
    expect(labels(here, expired)).toEqual([]);
    expect(changes(here, '')).toEqual([]);
  });

  test('somebody else is refused privately and the plan stays open', async () => {
    const asked = await here.slack.as('alice').say('#ops', '@OpsJack scale image-worker-prod min 5 max 20');
    const plan = await here.slack.until((message) => title(message).endsWith('?'), { since: asked.since });

    const clicked = await here.slack.as('daniel').click(plan, 'Scale to 5–20');

    expect(words(await privately('daniel', clicked.since))).toContain('Only <@U0ALICE> can do this');
    expect(title(here.slack.current(plan)!)).toContain('?');
    expect(changes(here, '')).toEqual([]);
    await here.slack.as('alice').click(plan, 'Cancel');
    await becomes(here, plan, ', cancelled');
  });

  test('a double click, and a click on what is no longer shown, change nothing twice', async () => {
    const alice = talk(here, 'alice');
    const plan = await alice.plan('scale image-worker-prod min 5 max 20');

    const clicks = [1, 2, 3].map(() => alice.person.click(plan, 'Scale to 5–20', { stale: true }));
    expect((await Promise.all(clicks)).map(({ acked }) => acked)).toEqual([true, true, true]);
    await becomes(here, plan, ', done');
    const answer = await alice.follow(plan, 'Scale to 5–20').catch(() => undefined);
    await alice.person.click(plan, 'Scale to 5–20', { stale: true });

    expect(answer).toBeUndefined();
    expect(changes(here, 'image-worker').map(({ operation }) => operation)).toEqual(['RegisterScalableTarget']);
    const undo = await alice.plan('undo');
    await alice.person.click(undo, labels(here, undo)[0]!);
    await becomes(here, undo, ', done');
  });

  test('a newer plan for the target replaces the older one, whose button then does nothing', async () => {
    const alice = talk(here, 'alice');
    const older = await alice.plan('scale image-worker-prod min 5 max 20');
    const newer = await alice.plan('scale image-worker-prod min 6 max 20');
    await becomes(here, older, ', replaced by a newer plan');

    const clicked = await alice.person.click(older, 'Scale to 5–20', { stale: true });

    const answer = await here.slack.until((message) => words(message).includes('A newer plan'), {
      since: clicked.since,
    });
    expect(words(answer)).toContain('Nothing was changed');
    expect(words(await alice.ask('cancel'))).toContain('Dropped 1 plan');
    await becomes(here, newer, ', cancelled');
    expect(changes(here, '')).toEqual([]);
  });

  test('the same message told of twice by Slack is answered once', async () => {
    const asked = await here.slack.as('alice').say('#ops', '@OpsJack status of api-prod');

    expect(asked.events).toHaveLength(2);
    await here.slack.until((message) => title(message).includes('api-prod'), { since: asked.since });
    await Promise.all(asked.events.map(({ final }) => final));
    await here.slack.as('alice').dm('whoami');
    expect(here.slack.thread('#ops', asked.ts).filter(({ user }) => user !== 'U0ALICE')).toHaveLength(1);
  });
});

describe('what changed between the plan and its confirmation', () => {
  test('other numbers: it is not started, and says why', async () => {
    const alice = talk(here, 'alice');
    const plan = await alice.plan('scale checkout-api-staging min 2 max 3');

    here.aws.control.outside('checkout-api-staging', { max: 7 });
    await alice.person.click(plan, 'Scale to 2–3');

    const end = await becomes(here, plan, ', not started');
    expect(words(end)).toContain('The target changed after the plan was made');
    expect(words(end)).toContain('Nothing was changed');
    expect(changes(here, '')).toEqual([]);
  });

  test('another change is running: a second one is refused by name', async () => {
    const alice = talk(here, 'alice');
    const plan = await alice.plan('deploy 5.1.0 to catalog-api-prod');
    await alice.person.click(plan, 'Deploy 5.1.0');

    const answer = await talk(here, 'daniel').ask('scale catalog-api-prod min 5 max 12');

    expect(words(answer)).toContain('<@U0ALICE> is changing catalog-api-prod right now');
    await becomes(here, plan, ', done');
  });
});

describe('AWS does not answer as it should', () => {
  test('it refuses: nothing is changed, and the requester is told so', async () => {
    const daniel = talk(here, 'daniel');
    const plan = await daniel.plan('scale api-prod min 3 max 5');
    here.aws.control.fault({ operation: 'RegisterScalableTarget', kind: 'deny' });

    await daniel.person.click(plan, 'Scale to 3–5');
    const end = await becomes(here, plan, ', not started');
    here.aws.control.clear();

    expect(words(end)).toContain('AWS refused RegisterScalableTarget: my role lacks the permission');
    expect(words(end)).toContain('Nothing was changed');
    const told = await here.slack.until((message) => message.thread_ts === plan.ts && message.user === plan.user);
    expect(told.pings).toEqual(['U0DANIEL']);
    expect(JSON.stringify(here.aws.control.state())).not.toContain('"min":3,"max":5');
  });

  test.each([
    ['throttle', 7],
    ['garbage', 6],
    ['error', 10],
    ['timeout-before', 9],
    ['timeout-after', 8],
  ] as const)('%s, and then it does: the change is made and ends with one message', async (kind, max) => {
    const daniel = talk(here, 'daniel');
    const plan = await daniel.plan(`scale api-prod min 3 max ${max}`);
    here.aws.control.fault({ operation: 'RegisterScalableTarget', kind, times: 4 });

    await daniel.person.click(plan, `Scale to 3–${max}`);
    const end = await becomes(here, plan, ', done');
    here.aws.control.clear();

    expect(words(end)).toContain('All 3 tasks healthy');
    expect(daniel.shown().filter(({ order }) => order > plan.order)).toEqual([]);
    expect(JSON.stringify(here.aws.control.state())).toContain(`"min":3,"max":${max}`);
  });

  test('no state can be had: the question is answered with the reason and a reference, not with a guess', async () => {
    here.aws.control.fault({ operation: 'DescribeServices', kind: 'deny' });

    const answer = await talk(here, 'daniel').ask('status of api-prod');
    here.aws.control.clear();

    expect(words(answer)).toContain('AWS refused DescribeServices');
    expect(words(answer)).toContain('Reference');
    expect(labels(here, answer)).toEqual([]);
  });
});

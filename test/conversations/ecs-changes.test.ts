// Changes of ECS services that AWS pauses, that something else will undo, or that need a scalable target first.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { becomes, bot, changes, labels, talk, type Card } from './dialog.ts';
import { words, workspace, type Workspace } from './workspace.ts';

let here: Workspace;
beforeAll(async () => {
  here = await workspace();
});
afterAll(() => here.close());

const decisions = (target: string) =>
  here.aws.control
    .calls()
    .filter(({ operation }) => operation === 'ContinueServiceDeployment')
    .map(({ params }) => params)
    .filter(({ serviceDeploymentArn }) => String(serviceDeploymentArn).includes(`/${target}/`));

/** The plan's card once it has this button. */
const withButton = (plan: Card, label: string) =>
  here.slack.until((message) => message.order === plan.order && labels(here, message).includes(label), {
    timeoutMs: 25_000,
  });

const lineWith = (card: Card, text: string): string =>
  words(card)
    .split('\n')
    .find((line) => line.includes(text)) ?? '';

describe.concurrent('a deployment that AWS pauses', () => {
  test('says until when, mentions who must decide once, and goes on by a click that counts once', async () => {
    here.aws.control.deploymentRules('api-prod', { pause: { minutes: 900 } });
    const alice = talk(here, 'alice');
    const plan = await alice.plan('deploy 1.9.0 to api-prod');
    await alice.person.click(plan, 'Deploy 1.9.0');
    const paused = await withButton(plan, 'Continue');

    expect(words(paused)).toMatch(/waiting for a decision/u);
    expect(words(paused)).toMatch(/at .+ AWS decides by itself/u);
    expect(labels(here, paused)).not.toContain('Stop and roll back');
    await Promise.all([alice.person.click(paused, 'Continue'), alice.person.click(paused, 'Continue')]);
    const done = await becomes(here, plan, ', done');

    expect(words(done)).toContain('All 3 tasks healthy');
    expect(decisions('api-prod')).toMatchObject([{ action: 'CONTINUE' }]);
    expect(done.history.map(words).join('\n')).toContain('<@U0ALICE> had it continue');
    const told = alice.shown().filter((message) => message.thread_ts === plan.ts && message.pings.includes('U0ALICE'));
    expect(told.map(words)).toEqual([expect.stringContaining('waits for a decision until')]);
  });

  test('goes back by a click, and ends as stopped by that person', async () => {
    here.aws.control.deploymentRules('image-worker-prod', { pause: { minutes: 900 } });
    const jiho = talk(here, 'jiho');
    const plan = await jiho.plan('image-worker-prod에 0.9.3 배포해줘');
    await jiho.person.click(plan, '0.9.3 배포');
    const paused = await withButton(plan, '롤백');

    await jiho.person.click(paused, '롤백');
    const stopped = await becomes(here, plan, '중단됨');

    expect(decisions('image-worker-prod')).toMatchObject([{ action: 'ROLLBACK' }]);
    expect(words(stopped)).toContain('<@U0JIHO> 님이 중단했습니다');
    expect(words(await jiho.ask('image-worker-prod 상태'))).toContain('0.9.4');
  });

  test('that nobody decides about is ended by AWS, and told as failed', async () => {
    here.aws.control.deploymentRules('checkout-api-staging', { pause: { minutes: 6, action: 'ROLLBACK' } });
    const daniel = talk(here, 'daniel');
    const plan = await daniel.plan('deploy 1.42.2 to checkout-api-staging');
    await daniel.person.click(plan, 'Deploy 1.42.2');
    const paused = await withButton(plan, 'Continue');

    const failed = await becomes(here, plan, ', failed');
    const late = await daniel.follow(paused, 'Continue').catch((error: unknown) => error);

    expect(words(failed)).toContain('AWS rolled back to 1.42.3');
    expect(labels(here, failed)).not.toContain('Continue');
    expect(decisions('checkout-api-staging')).toEqual([]);
    expect(late).toBeDefined();
  });
});

describe('a plan', () => {
  test('warns of the schedule, the policy and the stack that will move the numbers again', async () => {
    const minsu = talk(here, 'minsu');

    const plan = await minsu.plan('scale catalog-api-prod to min 5 max 10');

    expect(lineWith(plan, 'evening-peak')).toMatch(/sets 6–12 at /u);
    expect(lineWith(plan, 'catalog-api-prod-cpu')).toContain('ECSServiceAverageCPUUtilization at 60');
    expect(lineWith(plan, 'shop-catalog')).toContain('its own numbers');
  });

  test('shows the calls it will make to whoever asks, alone, and they are those', async () => {
    const suyeon = talk(here, 'suyeon');
    const plan = await suyeon.plan('scale api-prod to min 4 max 9');

    const calls = await suyeon.follow(plan, 'Show the calls');

    expect(words(calls)).toContain('application-autoscaling RegisterScalableTarget');
    expect(words(calls)).toMatch(/MinCapacity: 4/u);
    await suyeon.person.click(plan, labels(here, plan)[0]!);
    await becomes(here, plan, ', done');
    const made = changes(here, 'service/shop/api-prod').at(-1);
    for (const [name, value] of Object.entries(made!.params)) {
      expect(words(calls)).toContain(`${name}: ${JSON.stringify(value)}`);
    }
  });

  test('shows the calls of a deployment without values that may be secret', async () => {
    const minsu = talk(here, 'minsu');
    const plan = await minsu.plan('deploy 1.42.2 to checkout-api-prod');

    const calls = await minsu.follow(plan, 'Show the calls');

    expect(words(calls)).toContain('ecs RegisterTaskDefinition');
    expect(words(calls)).toContain('ecs UpdateService');
    expect(words(calls)).not.toMatch(/secretsmanager|parameter\/shop|stage:/u);
  });
});

describe('a service nothing scales', () => {
  test('is offered a scalable target where min and max were asked, and gets it as planned', async () => {
    const alice = talk(here, 'alice');
    const refused = await alice.ask('scale mail-worker-prod to min 3 max 6');

    expect(words(refused)).toContain('no scalable target');
    const plan = await alice.follow(refused, 'Make it scale 3–6', (message) => message.user === bot);
    expect(words(plan)).toContain('one is registered first');
    expect(words(plan)).toContain('Managed by Terraform');
    await alice.person.click(plan, labels(here, plan)[0]!);
    await becomes(here, plan, ', done');

    expect(changes(here, 'mail-worker-prod')).toMatchObject([
      { operation: 'RegisterScalableTarget', params: { MinCapacity: 3, MaxCapacity: 6 } },
    ]);
  });
});

import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { becomes, changes, labels, talk, type Card } from './dialog.ts';
import { title, words, workspace, type Workspace } from './workspace.ts';

const minute = 60_000;

let here: Workspace;
beforeAll(async () => {
  here = await workspace();
});
afterAll(() => here.close());
beforeEach(() => here.aws.control.clearCalls());

const operations = (name: string) => changes(here, name).map(({ operation }) => operation);

describe('a restart', () => {
  test('of a service is a forced deployment of the same version, once', { timeout: 60_000 }, async () => {
    const alice = talk(here, 'alice');
    const plan = await alice.plan('restart api-prod');
    expect(words(plan)).toContain('image tags anew');

    await alice.person.click(plan, 'Restart');

    await becomes(here, plan, 'restart, done');
    expect(changes(here, '').map(({ operation, params }) => [operation, params['forceNewDeployment']])).toEqual([
      ['UpdateService', true],
    ]);
  });

  test('is offered where the version asked for runs already', async () => {
    const answer = await talk(here, 'daniel').ask('deploy 5.2.0 to catalog-api-prod');

    expect(words(answer)).toContain('5.2.0');
    expect(labels(here, answer)).toContain('Restart');
    expect(operations('')).toEqual([]);
  });
});

describe('an environment', () => {
  test('restarts its application servers, once', { timeout: 60_000 }, async () => {
    const suyeon = talk(here, 'suyeon');
    const plan = await suyeon.ask('shop-events-prod 재시작해줘', (one) => title(one).endsWith('?'));

    await suyeon.person.click(plan, '재시작');

    await becomes(here, plan, /완료$/u);
    const calls = here.aws.control.calls().filter(({ operation }) => operation === 'RestartAppServer');
    expect(calls).toHaveLength(1);
  });

  test('swaps its address with another of its application: both sides shown, once', { timeout: 60_000 }, async () => {
    const daniel = talk(here, 'daniel');
    const plan = await daniel.plan('swap shop-web-prod with shop-web-staging');
    expect(words(plan)).toContain(
      'shop-web-prod.ap-northeast-2.elasticbeanstalk.com → shop-web-staging.ap-northeast-2.elasticbeanstalk.com',
    );
    here.aws.control.fault({ operation: 'SwapEnvironmentCNAMEs', kind: 'timeout-after', times: 1 });

    await daniel.person.click(plan, 'Swap');

    await becomes(here, plan, ', done');
    const calls = here.aws.control.calls().filter(({ operation }) => operation === 'SwapEnvironmentCNAMEs');
    expect(calls).toHaveLength(1);
    const status = await daniel.plan('swap shop-web-prod with shop-web-staging');
    expect(words(status)).toContain('shop-web-staging.ap-northeast-2.elasticbeanstalk.com → shop-web-prod');
  });
});

describe('a share of the traffic', () => {
  test('goes to the new version beside the old one: shares shown, then all of it', { timeout: 90_000 }, async () => {
    const alice = talk(here, 'alice');
    const plan = await alice.plan('send 25% of the traffic to v0.4.0 on shop-events-prod');
    expect(title(plan)).toContain('25 % of the traffic to v0.4.0');

    await alice.person.click(plan, labels(here, plan)[0]!);

    const beside = await here.slack.until(
      (one) => one.order === plan.order && /v0\.3\.0 75 %.*v0\.4\.0 25 %/su.test(words(one)),
      { timeoutMs: 60_000 },
    );
    expect(labels(here, beside)).toContain('Stop and roll back');
    await becomes(here, plan, ', done');
    expect(operations('')).toEqual(['UpdateEnvironment', 'UpdateEnvironment']);
  });

  test('is refused where deployments do not split it', async () => {
    const answer = await talk(here, 'daniel').ask('send 25% of the traffic to v2.32.0 on shop-web-prod');

    expect(words(answer)).toContain('cannot split');
    expect(operations('')).toEqual([]);
  });
});

describe('a promotion', () => {
  test('puts what staging runs on prod, by that exact version', { timeout: 60_000 }, async () => {
    here.aws.control.outside('checkout-api-staging', { image: '1.43.1' });
    here.clock.jump(6 * minute);

    const plan = await talk(here, 'alice').plan('promote checkout-api-prod to prod');

    expect(title(plan)).toContain('checkout-api-prod: deploy 1.43.1');
  });

  test('is refused where there is no other stage', async () => {
    const answer = await talk(here, 'emma').ask('promote mail-worker-prod to prod');

    expect(words(answer)).toContain('Nothing was changed');
    expect(operations('')).toEqual([]);
  });
});

describe('a version by its number', () => {
  test('is the one of the list just shown', async () => {
    const emma = talk(here, 'emma');
    const list = await emma.ask('versions of image-worker-prod');
    expect(words(list)).toContain('0.9.3');
    const rows: string[] = words(list).match(/\d+\.\d+\.\d+/gu) ?? [];

    const plan = await emma.plan(`deploy image-worker-prod ${rows.indexOf('0.9.3') + 1}`);

    expect(title(plan)).toContain('0.9.3');
    expect(operations('')).toEqual([]);
  });
});

describe('after a deployment', () => {
  test('what gets worse is told in the thread, once, with the way back', { timeout: 90_000 }, async () => {
    const alice = talk(here, 'alice');
    const plan = await alice.plan('deploy 1.9.0 to api-prod');
    await alice.person.click(plan, 'Deploy 1.9.0');
    await becomes(here, plan, ', done');
    here.aws.control.breakTarget('api-prod', 'oom');

    let told: Card | undefined;
    for (let look = 0; look < 12 && !told; look += 1) {
      here.clock.jump(35_000);
      told = await here.slack
        .until((one) => one.order > plan.order && words(one).includes('since deploy 1.9.0'), { timeoutMs: 2000 })
        .catch(() => undefined);
    }

    expect(told && labels(here, told)).toContain('Roll back');
    expect(told?.text).toContain('<@U0ALICE>');
    here.clock.jump(11 * minute);
    here.aws.control.breakTarget('api-prod', 'ok');
    const again = here.slack.messages(plan.channel).filter((one) => words(one).includes('since deploy 1.9.0'));
    expect(again).toHaveLength(1);
  });
});

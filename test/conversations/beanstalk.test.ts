import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { becomes, changes, labels, talk } from './dialog.ts';
import { title, words, workspace, type Workspace } from './workspace.ts';

let here: Workspace;
beforeAll(async () => {
  here = await workspace();
});
afterAll(() => here.close());

describe('an Elastic Beanstalk environment', () => {
  test('shows its state with numbers, version and load', async () => {
    const card = await talk(here, 'alice').ask('status of shop-web-prod');

    expect(title(card)).toContain('shop-web-prod: healthy');
    expect(words(card)).toContain('min 4 ≤ 6 ≤ max 12');
    expect(words(card)).toContain('Version v2.31.0');
    expect(words(card)).not.toContain('not-a-real-key');
  });

  test('is scaled by its own options, and ends when the instances are there and healthy', async () => {
    const minsu = talk(here, 'minsu');
    here.aws.control.clearCalls();
    const plan = await minsu.plan('shop-events-prod 최소 3 최대 6으로');
    expect(words(plan)).toContain('최소 2 → 3');

    await minsu.person.click(plan, labels(here, plan)[0]!);
    const done = await becomes(here, plan, '완료');

    expect(words(done)).toContain('인스턴스 3대 모두 정상');
    const [update, ...more] = changes(here, '');
    expect([update?.operation, more.length]).toEqual(['UpdateEnvironment', 0]);
    expect(JSON.stringify(update?.params)).toContain('aws:autoscaling:asg');
  });

  test('of a single instance is not scaled: there is no min and max', async () => {
    const answer = await talk(here, 'alice').ask('scale admin-web-prod min 2 max 4');

    expect(words(answer)).toContain('single-instance environment');
    expect(changes(here, 'admin-web')).toEqual([]);
  });

  test('takes no plan while AWS is working on it', async () => {
    here.aws.control.outside('admin-web-prod', { version: 'v1.18.0' });

    const answer = await talk(here, 'daniel').ask('deploy v1.19.2 to admin-web-prod');

    expect(words(answer)).toContain('admin-web-prod is not Ready');
    expect(words(answer)).toContain('Nothing was changed');
    expect(changes(here, 'admin-web')).toEqual([]);
  });

  test('that turns busy after the plan was made is not touched', async () => {
    const daniel = talk(here, 'daniel');
    const plan = await daniel.plan('deploy v2.31.0 to shop-web-staging');

    here.aws.control.outside('shop-web-staging', { version: 'v2.30.4' });
    await daniel.person.click(plan, 'Deploy v2.31.0');

    const end = await becomes(here, plan, ', not started');
    expect(words(end)).toMatch(/not Ready|changed after the plan/u);
    expect(changes(here, 'shop-web-staging')).toEqual([]);
  });

  test('gets a version, watched until every instance runs it', async () => {
    const alice = talk(here, 'alice');
    const plan = await alice.plan('deploy v2.32.0 to shop-web-prod');
    expect(words(plan)).toContain('Version v2.31.0 → v2.32.0');

    await alice.person.click(plan, 'Deploy v2.32.0');
    const done = await becomes(here, plan, ', done');

    expect(done.history.map(({ text }) => text).join('\n')).toMatch(/of 6 instances on v2\.32\.0/u);
    expect(words(done)).toContain('All 6 instances healthy');
    expect(words(await alice.ask('status of shop-web-prod'))).toMatch(/Version v2\.32\.0, .*<@U0ALICE>/u);
  });

  test('that gets a version that fails says so, never that it is done, and offers the way back', async () => {
    const alice = talk(here, 'alice');
    const plan = await alice.plan('deploy v2.33.0-bad to shop-web-prod');

    await alice.person.click(plan, 'Deploy v2.33.0-bad');
    const failed = await becomes(here, plan, /, (failed|done)$/u);

    expect(title(failed)).toBe(':x: shop-web-prod: deploy v2.33.0-bad, failed');
    expect(words(failed)).toMatch(/instances? (are|is) not healthy|update failed|fail/u);
    expect(labels(here, failed)[0]).toBe('Roll back → v2.32.0');
    const back = await alice.follow(failed, 'Roll back → v2.32.0', (message) => title(message).endsWith('?'));
    await alice.person.click(back, labels(here, back)[0]!);
    expect(words(await becomes(here, back, ', done'))).toContain('All 6 instances healthy');
  });
});

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { becomes, changes, labels, talk } from './dialog.ts';
import { title, words, workspace, type Workspace } from './workspace.ts';

type Container = { name: string; image: string };
type Registered = { containerDefinitions: Container[] };

let here: Workspace;
beforeAll(async () => {
  here = await workspace();
});
afterAll(() => here.close());

describe.concurrent('deploying a version of an ECS service', () => {
  test('is watched to its end: progress, then done, with only the image changed', async () => {
    const alice = talk(here, 'alice');
    const plan = await alice.plan('deploy 5.1.0 to catalog-api-prod');
    expect(words(plan)).toContain('Version 5.2.0 → 5.1.0');

    await alice.person.click(plan, 'Deploy 5.1.0');
    const done = await becomes(here, plan, ', done');

    const seen = done.history.map(({ text }) => text).join('\n');
    // Which of the states in between a look meets depends on the machine.
    expect(seen).toMatch(/[0-6] of 6 tasks on 5\.1\.0/u);
    expect(seen).toMatch(/New tasks: [0-6] of 6 healthy/u);
    expect(words(done)).toContain('All 6 tasks healthy');
    const [register, update, ...more] = changes(here, 'catalog-api');
    expect([register?.operation, update?.operation, more.length]).toEqual([
      'RegisterTaskDefinition',
      'UpdateService',
      0,
    ]);
    expect((register?.params as Registered | undefined)?.containerDefinitions.map(({ name }) => name)).toEqual([
      'catalog-api',
      'log-router',
      'datadog-agent',
    ]);
    expect(register?.params).toMatchObject({ ephemeralStorage: { sizeInGiB: 30 }, volumes: [{ name: 'scratch' }] });
    expect(Object.keys(update?.params ?? {}).toSorted()).toEqual(['cluster', 'service', 'taskDefinition']);
    const status = await alice.ask('status of catalog-api-prod');
    expect(words(status)).toMatch(/Version 5\.1\.0, .*<@U0ALICE>/u);

    const back = await alice.plan('undo');
    expect(words(back)).toContain('Version 5.1.0 → 5.2.0');
    await alice.person.click(back, labels(here, back)[0]!);
    expect(words(await becomes(here, back, ', done'))).toContain('All 6 tasks healthy');
  });

  test('that never becomes healthy ends as failed with its cause, and says that AWS went back', async () => {
    const daniel = talk(here, 'daniel');
    const plan = await daniel.plan('deploy 1.9.1-bad to api-prod');

    await daniel.person.click(plan, 'Deploy 1.9.1-bad');
    const failed = await becomes(here, plan, ', failed');

    expect(words(failed)).toMatch(/health check/u);
    expect(words(failed)).toContain('AWS rolled back to 1.8.0');
    const headers = [failed, ...failed.history].map(title);
    expect(headers.filter((header) => /✅|white_check_mark|, done$/u.test(header))).toEqual([]);
    const told = await here.slack.until((message) => message.thread_ts === plan.ts && message.user === plan.user);
    expect(told.pings).toContain('U0DANIEL');
    const now = here.slack.current(plan);
    expect(now?.reactions.map(({ name }) => name)).toEqual(['x']);
  });

  test('can be stopped by a button that first says what it costs, and then ends as stopped', async () => {
    const jiho = talk(here, 'jiho');
    const plan = await jiho.plan('image-worker-prod에 0.9.3 배포해줘');
    await jiho.person.click(plan, '0.9.3 배포');
    const stop = '중단하고 롤백';
    const running = await here.slack.until(
      (message) => message.order === plan.order && labels(here, message).includes(stop),
    );

    const declined = await jiho.person.click(running, stop, { decline: true });
    expect(declined.confirm).toMatchObject({ title: { text: '중단하고 롤백할까요?' } });
    await jiho.person.click(running, stop);
    const stopped = await becomes(here, plan, '중단됨');

    expect(words(stopped)).toContain('<@U0JIHO>');
    expect(words(stopped)).toContain('0.9.4');
    expect(changes(here, 'image-worker').map(({ operation }) => operation)).toEqual([
      'RegisterTaskDefinition',
      'UpdateService',
      'StopServiceDeployment',
    ]);
  });

  test('that ran before is one plan away, and comes back as the running version', async () => {
    const emma = talk(here, 'emma');
    const plan = await emma.plan('roll back mail-worker-prod');
    expect(words(plan)).toContain('Version 1.4.1 → 1.4.0');

    await emma.person.click(plan, 'Roll back → 1.4.0');
    await becomes(here, plan, ', done');

    const status = await emma.ask('status of mail-worker-prod', (one) => title(one).includes('mail-worker-prod'));
    expect(words(status)).toContain('Version 1.4.0');
  });
});

describe('a version that can not be deployed', () => {
  test('does not exist: is refused with the nearest names', async () => {
    const answer = await talk(here, 'emma').ask('deploy 1.9.3 to api-prod');

    expect(words(answer)).toMatch(/has no version `1\.9\.3`\. Nearest: .*1\.9\.0/u);
  });

  test('is of another registry: is refused by name', async () => {
    const answer = await talk(here, 'emma').ask('deploy docker.io/library/api:1.9.0 to api-prod');

    expect(words(answer)).toContain('is not from');
  });

  test('is for a service another controller deploys: is refused and left alone', async () => {
    const answer = await talk(here, 'emma').ask('deploy 3.7.5 to search-api-prod');

    expect(words(answer)).toContain('another controller');
    expect(changes(here, 'search-api')).toEqual([]);
  });
});

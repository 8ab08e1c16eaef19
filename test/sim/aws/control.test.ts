import { DescribeImagesCommand } from '@aws-sdk/client-ecr';
import { UpdateServiceCommand } from '@aws-sdk/client-ecs';
import { DescribeEnvironmentsCommand } from '@aws-sdk/client-elastic-beanstalk';
import { describe, expect, it } from 'vitest';
import { account, deploy, service, tasks, type Account } from './account.ts';

async function post(on: Account, path: string, body: unknown): Promise<unknown> {
  const answer = await fetch(`${on.url}/_sim/${path}`, { method: 'POST', body: JSON.stringify(body) });
  return answer.json();
}

describe('breakTarget', () => {
  it('makes running tasks fail and new ones too, until it is mended', async () => {
    const on = await account();

    on.control.breakTarget('api-prod', 'oom');
    on.step(120);
    const broken = await service(on, 'api-prod');
    on.control.breakTarget('api-prod', 'ok');
    on.step(300);
    const mended = await service(on, 'api-prod');

    expect(broken.runningCount).toBe(0);
    expect((await tasks(on, 'api-prod', 'STOPPED')).length).toBeGreaterThan(2);
    expect(mended.runningCount).toBe(3);
  });

  it('turns a Beanstalk environment red', async () => {
    const on = await account();

    on.control.breakTarget('shop-web-prod', 'health');

    const { Environments } = await on.beanstalk.send(
      new DescribeEnvironmentsCommand({ EnvironmentNames: ['shop-web-prod'] }),
    );
    expect(Environments?.[0]).toMatchObject({ Status: 'Ready', HealthStatus: 'Severe', Health: 'Red' });
  });
});

describe('outside', () => {
  it('changes numbers and images behind our back, as somebody else', async () => {
    const on = await account();

    on.control.outside('api-prod', { min: 4, max: 8, image: '1.9.0' });
    on.step(120);
    const found = await service(on, 'api-prod');

    expect(found.runningCount).toBe(4);
    expect(found.taskDefinition).toMatch('api-prod:3');
    expect(on.control.calls().filter((call) => call.operation === 'UpdateService')).toEqual([]);
  });

  it('deploys and scales an environment', async () => {
    const on = await account();

    on.control.outside('shop-web-prod', { version: 'v2.32.0' });
    on.step(300);

    const { Environments } = await on.beanstalk.send(new DescribeEnvironmentsCommand({ VersionLabel: 'v2.32.0' }));
    expect(Environments?.map((one) => one.EnvironmentName)).toContain('shop-web-prod');
  });
});

describe('over HTTP', () => {
  it('does what the methods do', async () => {
    const on = await account();

    await post(on, 'addImage', ['api', '2.0.0']);
    const speed = await post(on, 'speed', [20]);
    await deploy(on, 'api-prod', '2.0.0');
    on.step(8);

    expect(speed).toBe(20);
    const images = await on.ecr.send(new DescribeImagesCommand({ repositoryName: 'api' }));
    expect(images.imageDetails?.at(-1)?.imageTags).toEqual(['2.0.0']);
    expect((await service(on, 'api-prod')).deployments).toHaveLength(1);
    expect(await post(on, 'calls', [])).toContainEqual(
      expect.objectContaining({ operation: 'UpdateService', status: 200 }),
    );
    expect(await post(on, 'state', [])).toMatchObject({ clusters: expect.any(Array), applications: expect.any(Array) });
  });

  it('says what it does not know', async () => {
    const on = await account();

    expect(await post(on, 'explode', [])).toMatchObject({ error: 'no control explode' });
    expect(await post(on, 'load', ['nobody', 3])).toEqual({ error: 'no target nobody' });
  });
});

describe('reset', () => {
  it('goes back to the seed, at the speed that was set', async () => {
    const on = await account({ speed: 5 });
    await on.ecs.send(new UpdateServiceCommand({ cluster: 'shop', service: 'api-prod', desiredCount: 6 }));
    on.control.fault({ kind: 'error' });

    on.control.reset();

    expect((await service(on, 'api-prod')).desiredCount).toBe(3);
    expect(on.control.speed()).toBe(5);
    expect(on.control.calls()).toHaveLength(1);
  });
});

describe('time', () => {
  it('gives the same state in one step as in many', async () => {
    const [one, many] = [await account(), await account()];
    for (const on of [one, many]) on.control.outside('api-prod', { min: 5, max: 8, image: '1.9.1-bad' });

    one.step(600);
    for (let steps = 0; steps < 200; steps++) {
      many.step(3);
      many.control.state();
    }

    expect(many.control.state()).toEqual(one.control.state());
  });
});

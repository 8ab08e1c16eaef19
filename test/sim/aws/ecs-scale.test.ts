import {
  DescribeScalableTargetsCommand,
  DescribeScalingActivitiesCommand,
  DescribeScalingPoliciesCommand,
  DescribeScheduledActionsCommand,
  RegisterScalableTargetCommand,
} from '@aws-sdk/client-application-auto-scaling';
import { UpdateServiceCommand } from '@aws-sdk/client-ecs';
import { describe, expect, it } from 'vitest';
import { account, service, start, tasks, words, type Account } from './account.ts';

const ecs = { ServiceNamespace: 'ecs', ScalableDimension: 'ecs:service:DesiredCount' } as const;

function register(on: Account, name: string, MinCapacity?: number, MaxCapacity?: number) {
  const target = { ...ecs, ResourceId: `service/shop/${name}`, MinCapacity, MaxCapacity };
  return on.scaling.send(new RegisterScalableTargetCommand(target));
}

async function range(on: Account, name: string) {
  const asked = { ServiceNamespace: 'ecs' as const, ResourceIds: [`service/shop/${name}`] };
  const { ScalableTargets = [] } = await on.scaling.send(new DescribeScalableTargetsCommand(asked));
  return ScalableTargets.map((one) => [one.MinCapacity, one.MaxCapacity]);
}

describe('a scalable target', () => {
  it('pulls the desired count up to a new minimum, and tasks follow one after the other', async () => {
    const on = await account();

    await register(on, 'api-prod', 5, 12);
    const before = await service(on, 'api-prod');
    on.step(15);
    const pending = await service(on, 'api-prod');
    on.step(17);
    const starting = await service(on, 'api-prod');
    on.step(60);
    const done = await service(on, 'api-prod');

    expect(await range(on, 'api-prod')).toEqual([[5, 12]]);
    expect([before.desiredCount, before.runningCount]).toEqual([3, 3]);
    expect([pending.desiredCount, pending.runningCount, pending.pendingCount]).toEqual([5, 3, 2]);
    expect([starting.runningCount, starting.pendingCount]).toEqual([5, 0]);
    expect(done.runningCount).toBe(5);
    expect(words(starting)[0]).not.toMatch('steady');
    expect(words(done)[0]).toBe('(service api-prod) has reached a steady state.');
    expect(done.deployments).toHaveLength(1);
  });

  it('pulls the desired count down to a new maximum and drains what is too many', async () => {
    const on = await account();

    await register(on, 'catalog-api-prod', 2, 3);
    on.step(6);
    const draining = await service(on, 'catalog-api-prod');
    on.step(60);

    expect([draining.desiredCount, draining.runningCount]).toEqual([3, 3]);
    expect(words(draining).join('\n')).toMatch('has begun draining connections on 3 tasks.');
    expect(await tasks(on, 'catalog-api-prod', 'STOPPED')).toHaveLength(3);
    const { ScalingActivities } = await on.scaling.send(new DescribeScalingActivitiesCommand(ecs));
    expect(ScalingActivities?.[0]).toMatchObject({
      StatusCode: 'Successful',
      Description: 'Setting desired count to 3.',
      Cause: 'maximum capacity was set to 3',
    });
  });

  it('changes only the bound that is given, and refuses a minimum above the maximum', async () => {
    const on = await account();

    await register(on, 'api-prod', undefined, 9);

    expect(await range(on, 'api-prod')).toEqual([[2, 9]]);
    await expect(register(on, 'api-prod', 10)).rejects.toMatchObject({ name: 'ValidationException' });
    await expect(register(on, 'ghost', 1, 2)).rejects.toThrow("ECS service doesn't exist: service/shop/ghost");
    expect(await range(on, 'api-prod')).toEqual([[2, 9]]);
  });

  it('does not exist for a service with a fixed desired count until it is registered whole', async () => {
    const on = await account();

    expect(await range(on, 'mail-worker-prod')).toEqual([]);
    await expect(register(on, 'mail-worker-prod', 3)).rejects.toMatchObject({ name: 'ValidationException' });
    await register(on, 'mail-worker-prod', 3, 6);

    expect(await range(on, 'mail-worker-prod')).toEqual([[3, 6]]);
  });

  it('is listed in pages, per region, with its policy and schedule', async () => {
    const on = await account();

    const first = await on.scaling.send(new DescribeScalableTargetsCommand({ ...ecs, MaxResults: 4 }));
    const rest = await on.scaling.send(
      new DescribeScalableTargetsCommand({ ...ecs, MaxResults: 4, NextToken: first.NextToken }),
    );
    const policies = await on.scaling.send(new DescribeScalingPoliciesCommand(ecs));
    const actions = await on.scaling.send(new DescribeScheduledActionsCommand(ecs));

    expect(first.ScalableTargets).toHaveLength(4);
    expect(rest.ScalableTargets).toHaveLength(3);
    expect(rest.NextToken).toBeUndefined();
    expect(policies.ScalingPolicies).toHaveLength(7);
    expect(actions.ScheduledActions?.[0]).toMatchObject({
      ScheduledActionName: 'evening-peak',
      Timezone: 'Asia/Seoul',
    });
  });
});

describe('UpdateService with a desired count', () => {
  it('scales without a deployment, and a second time changes nothing', async () => {
    const on = await account();
    const scale = () =>
      on.ecs.send(new UpdateServiceCommand({ cluster: 'shop', service: 'mail-worker-prod', desiredCount: 4 }));

    await scale();
    on.step(5);
    await scale();
    on.step(60);
    const done = await service(on, 'mail-worker-prod');

    expect([done.desiredCount, done.runningCount]).toEqual([4, 4]);
    expect(done.deployments).toHaveLength(1);
    const since = done.events?.filter((event) => Number(event.createdAt) >= start).map((event) => event.message);
    expect(since?.filter((message) => message?.includes('has started 2 tasks'))).toHaveLength(1);
  });

  it('runs as many times faster as told, with timestamps that stay real', async () => {
    const on = await account({ speed: 10 });

    await register(on, 'api-prod', 6, 8);
    on.step(8);
    const done = await service(on, 'api-prod');

    expect(done.runningCount).toBe(6);
    expect(words(done)[0]).toBe('(service api-prod) has reached a steady state.');
    expect(done.events?.[0]?.createdAt?.getTime()).toBeLessThanOrEqual(on.now());
  });

  it('to nothing leaves nothing running', async () => {
    const on = await account();

    await on.ecs.send(new UpdateServiceCommand({ cluster: 'shop', service: 'api-prod', desiredCount: 0 }));
    on.step(60);
    const done = await service(on, 'api-prod');

    expect([done.desiredCount, done.runningCount, done.pendingCount]).toEqual([0, 0, 0]);
  });
});

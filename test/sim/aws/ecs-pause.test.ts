import {
  ContinueServiceDeploymentCommand,
  DescribeServicesCommand,
  StopServiceDeploymentCommand,
  type ServiceDeployment,
} from '@aws-sdk/client-ecs';
import { describe, expect, it } from 'vitest';
import { account, deploy, service, serviceDeployments, type Account } from './account.ts';

const latest = async (on: Account): Promise<ServiceDeployment> => (await serviceDeployments(on, 'api-prod'))[0]!;

async function paused(rules: { stage?: 'PRE_SCALE_UP'; minutes?: number; action?: 'CONTINUE' | 'ROLLBACK' } = {}) {
  const on = await account();
  on.control.deploymentRules('api-prod', { pause: rules });
  await deploy(on, 'api-prod', '1.9.0');
  on.step(120);
  return on;
}

async function decided(on: Account, action: 'CONTINUE' | 'ROLLBACK', hookId?: string) {
  const { serviceDeploymentArn, lifecycleHookDetails } = await latest(on);
  const hook = hookId ?? lifecycleHookDetails?.[0]?.hookId;
  await on.ecs.send(new ContinueServiceDeploymentCommand({ serviceDeploymentArn, hookId: hook, action }));
}

describe('a pause hook', () => {
  it('holds the deployment after the test traffic, with all old tasks running', async () => {
    const on = await paused();

    const made = await latest(on);
    const found = await service(on, 'api-prod');

    expect(made).toMatchObject({
      status: 'IN_PROGRESS',
      lifecycleStage: 'POST_TEST_TRAFFIC_SHIFT',
      lifecycleHookDetails: [{ targetType: 'PAUSE', status: 'AWAITING_ACTION', timeoutAction: 'ROLLBACK' }],
      deploymentConfiguration: { strategy: 'BLUE_GREEN', lifecycleHooks: [{ targetType: 'PAUSE' }] },
    });
    expect(found.deployments?.map((one) => one.runningCount)).toEqual([3, 3]);
  });

  it('before the scale up holds every new task', async () => {
    const on = await paused({ stage: 'PRE_SCALE_UP' });

    expect((await service(on, 'api-prod')).deployments?.map((one) => one.runningCount)).toEqual([0, 3]);
    await decided(on, 'CONTINUE');
    on.step(180);
    expect(await latest(on)).toMatchObject({ status: 'SUCCESSFUL', lifecycleHookDetails: [{ status: 'SUCCEEDED' }] });
  });

  it.each([
    { action: 'CONTINUE' as const, status: 'SUCCESSFUL', hook: 'SUCCEEDED' },
    { action: 'ROLLBACK' as const, status: 'ROLLBACK_SUCCESSFUL', hook: 'FAILED' },
  ])('is decided by $action, once', async ({ action, status, hook }) => {
    const on = await paused();

    await decided(on, action);
    const again = await decided(on, action).catch((error: unknown) => error);
    on.step(180);

    expect(again).toMatchObject({ name: 'InvalidParameterException' });
    expect(await latest(on)).toMatchObject({ status, lifecycleHookDetails: [{ status: hook }] });
  });

  it.each([
    { action: 'CONTINUE' as const, status: 'SUCCESSFUL' },
    { action: 'ROLLBACK' as const, status: 'ROLLBACK_SUCCESSFUL' },
  ])('whose time is up does $action by itself', async ({ action, status }) => {
    const on = await paused({ minutes: 5, action });

    on.step(600);

    expect(await latest(on)).toMatchObject({ status, lifecycleHookDetails: [{ status: 'TIMED_OUT' }] });
  });

  it('waits no more when the deployment is stopped', async () => {
    const on = await paused();
    const { serviceDeploymentArn } = await latest(on);

    await on.ecs.send(new StopServiceDeploymentCommand({ serviceDeploymentArn, stopType: 'ROLLBACK' }));
    const late = await decided(on, 'CONTINUE').catch((error: unknown) => error);

    expect(late).toMatchObject({ name: 'InvalidParameterException' });
    expect((await latest(on)).lifecycleHookDetails).toMatchObject([{ status: 'FAILED' }]);
  });

  it('is known by its id alone', async () => {
    const on = await paused();

    const wrong = await decided(on, 'CONTINUE', 'ecs-pause-of-another').catch((error: unknown) => error);

    expect(wrong).toMatchObject({ name: 'InvalidParameterException' });
  });

  it('is there from the start on one service', async () => {
    const on = await account();
    const asked = new DescribeServicesCommand({ cluster: 'shop-us', services: ['cart-api-prod'] });

    const { services } = await on.ecsUs.send(asked);

    expect(services?.[0]?.deploymentConfiguration?.lifecycleHooks).toMatchObject([
      { lifecycleStages: ['POST_TEST_TRAFFIC_SHIFT'], timeoutConfiguration: { timeoutInMinutes: 30 } },
    ]);
    expect(services?.[0]?.deployments?.map((one) => one.rolloutState)).toEqual(['COMPLETED']);
  });
});

describe('an alarm of a deployment', () => {
  it('rolls it back', async () => {
    const on = await account();
    on.control.deploymentRules('api-prod', { pause: { minutes: 60 }, alarms: ['api-prod-cpu'] });
    await deploy(on, 'api-prod', '1.9.0');
    on.step(30);
    const before = await latest(on);
    on.control.load('api-prod', 4000);
    on.step(400);

    const after = await latest(on);

    expect(before.alarms).toMatchObject({ status: 'MONITORING', triggeredAlarmNames: [] });
    expect(after).toMatchObject({
      status: 'ROLLBACK_SUCCESSFUL',
      statusReason: expect.stringContaining('alarm'),
      alarms: { status: 'TRIGGERED', triggeredAlarmNames: ['api-prod-cpu'] },
    });
  });

  it('that rings before it begins is not looked at', async () => {
    const on = await account();
    on.control.load('api-prod', 4000);
    on.step(300);
    on.control.deploymentRules('api-prod', { alarms: ['api-prod-cpu'] });
    await deploy(on, 'api-prod', '1.9.0');
    on.step(400);

    expect((await latest(on)).status).toBe('SUCCESSFUL');
  });
});

import {
  DescribeServiceRevisionsCommand,
  StopServiceDeploymentCommand,
  UpdateServiceCommand,
  type Service,
} from '@aws-sdk/client-ecs';
import { describe, expect, it } from 'vitest';
import { account, deploy, service, serviceDeployments, tasks, words } from './account.ts';

const rollout = (found: Service) =>
  found.deployments?.map((one) => [one.status, one.rolloutState, one.desiredCount, one.runningCount]);

describe('a good deployment', () => {
  it('starts new tasks beside the old ones, then drains the old ones, and completes', async () => {
    const on = await account();
    const old = (await service(on, 'api-prod')).taskDefinition;

    const next = await deploy(on, 'api-prod', '1.9.0');
    on.step(20);
    const starting = await service(on, 'api-prod');
    on.step(15);
    const both = await service(on, 'api-prod');
    on.step(90);
    const done = await service(on, 'api-prod');

    expect(next).not.toBe(old);
    expect(rollout(starting)).toEqual([
      ['PRIMARY', 'IN_PROGRESS', 3, 0],
      ['ACTIVE', 'COMPLETED', 3, 3],
    ]);
    expect([both.runningCount, both.pendingCount]).toEqual([6, 0]);
    expect(rollout(done)).toEqual([['PRIMARY', 'COMPLETED', 3, 3]]);
    expect(done.taskDefinition).toBe(next);
    expect(words(done)[0]).toMatch('steady state');
    expect(words(done).join('\n')).toMatch(`(deployment ${done.deployments?.[0]?.id}) deployment completed.`);
    const [last, before] = await serviceDeployments(on, 'api-prod');
    expect([last?.status, before?.status]).toEqual(['SUCCESSFUL', 'SUCCESSFUL']);
    expect(last?.deploymentCircuitBreaker).toMatchObject({ status: 'MONITORING_COMPLETE', threshold: 3 });
    const running = await tasks(on, 'api-prod', 'RUNNING');
    expect(new Set(running.map((one) => one.taskDefinitionArn))).toEqual(new Set([next]));
  });

  it('never has fewer healthy tasks than wanted', async () => {
    const on = await account();

    await deploy(on, 'catalog-api-prod', '5.1.0');
    const running: number[] = [];
    for (let second = 0; second < 150; second += 3) {
      on.step(3);
      running.push((await service(on, 'catalog-api-prod')).runningCount ?? 0);
    }

    expect(Math.min(...running)).toBe(6);
    expect(Math.max(...running)).toBe(12);
    expect(running.at(-1)).toBe(6);
  });

  it('happens once when UpdateService is sent twice with the same values', async () => {
    const on = await account();
    const next = await deploy(on, 'api-prod', '1.9.0');

    on.step(3);
    await on.ecs.send(new UpdateServiceCommand({ cluster: 'shop', service: 'api-prod', taskDefinition: next }));
    on.step(120);

    expect(await serviceDeployments(on, 'api-prod')).toHaveLength(3);
  });

  it('is made again by force, of the same task definition', async () => {
    const on = await account();
    const before = (await tasks(on, 'cart-api-prod', 'RUNNING')).map((one) => one.taskArn);

    const force = { cluster: 'shop', service: 'cart-api-prod', forceNewDeployment: true };
    const answer = await on.ecs.send(new UpdateServiceCommand(force));
    on.step(150);

    expect(answer.service?.deployments?.map((one) => one.status)).toEqual(['PRIMARY', 'ACTIVE']);
    expect(answer.service?.currentServiceDeployment).toBeDefined();
    const after = (await tasks(on, 'cart-api-prod', 'RUNNING')).map((one) => one.taskArn);
    expect(after.filter((arn) => before.includes(arn))).toEqual([]);
    expect((await service(on, 'cart-api-prod')).currentServiceDeployment).toBeUndefined();
  });

  it('takes the place of one under way, which is then stopped', async () => {
    const on = await account();

    await deploy(on, 'api-prod', '1.9.1-bad');
    on.step(30);
    await deploy(on, 'api-prod', '1.9.0');
    on.step(150);

    expect(rollout(await service(on, 'api-prod'))).toEqual([['PRIMARY', 'COMPLETED', 3, 3]]);
    const statuses = (await serviceDeployments(on, 'api-prod')).map((one) => one.status);
    expect(statuses.slice(0, 2)).toEqual(['SUCCESSFUL', 'STOPPED']);
  });
});

describe('a bad deployment', () => {
  it('is rolled back by the circuit breaker, and is no success', async () => {
    const on = await account();
    const old = await service(on, 'api-prod');

    await deploy(on, 'api-prod', '1.9.1-bad');
    on.step(80);
    const tripped = await service(on, 'api-prod');
    on.step(120);
    const done = await service(on, 'api-prod');

    expect(tripped.deployments?.[0]?.rolloutStateReason).toMatch('circuit breaker: rolling back to deploymentId');
    expect(tripped.deployments?.[1]?.rolloutState).toBe('FAILED');
    expect(words(tripped).join('\n')).toMatch('deployment failed: tasks failed to start.');
    expect(done.taskDefinition).toBe(old.taskDefinition);
    expect(rollout(done)).toEqual([['PRIMARY', 'COMPLETED', 3, 3]]);
    const [last] = await serviceDeployments(on, 'api-prod');
    expect(last).toMatchObject({
      status: 'ROLLBACK_SUCCESSFUL',
      deploymentCircuitBreaker: { status: 'TRIGGERED', failureCount: 3, threshold: 3 },
    });
    const asked = { serviceRevisionArns: [last?.rollback?.serviceRevisionArn ?? ''] };
    const { serviceRevisions } = await on.ecs.send(new DescribeServiceRevisionsCommand(asked));
    expect(serviceRevisions?.[0]?.taskDefinition).toBe(old.taskDefinition);
  });

  it('without a circuit breaker stays in progress for as long as one looks', async () => {
    const on = await account();

    await deploy(on, 'mail-worker-prod', '9.9.9');
    on.step(24 * 3600);
    const late = await service(on, 'mail-worker-prod');

    expect(rollout(late)).toEqual([
      ['PRIMARY', 'IN_PROGRESS', 2, 0],
      ['ACTIVE', 'COMPLETED', 2, 2],
    ]);
    expect(late.deployments?.[0]?.failedTasks).toBeGreaterThan(50);
    expect(words(late).join('\n')).toMatch('is unable to consistently start tasks successfully.');
  });

  it('with a breaker that does not roll back fails and keeps the old tasks', async () => {
    const on = await account();
    on.control.addImage('checkout-api', '1.44.0', { bad: 'exit' });

    await deploy(on, 'checkout-api-prod', '1.44.0');
    on.step(300);
    const late = await service(on, 'checkout-api-prod');

    expect(late.deployments?.map((one) => [one.status, one.rolloutState])).toEqual([
      ['PRIMARY', 'FAILED'],
      ['ACTIVE', 'COMPLETED'],
    ]);
    expect(late.runningCount).toBe(5);
    expect((await serviceDeployments(on, 'checkout-api-prod'))[0]?.status).toBe('STOPPED');
  });

  it.each([
    ['health', 'ServiceSchedulerInitiated', /^Task failed ELB health checks/, 143],
    ['exit', 'EssentialContainerExited', /^Essential container in task exited$/, 1],
    ['oom', 'EssentialContainerExited', /^Essential container in task exited$/, 137],
    ['secret', 'TaskFailedToStart', /^ResourceInitializationError: .*ssm:GetParameters/, undefined],
    ['missing', 'TaskFailedToStart', /^CannotPullContainerError: .*1\.9\.7.*: not found$/, undefined],
  ])('tells in its stopped tasks that it failed by %s', async (kind, stopCode, stoppedReason, exitCode) => {
    const on = await account();
    if (kind !== 'missing') on.control.addImage('api', '1.9.7', { bad: kind });

    await deploy(on, 'api-prod', '1.9.7');
    on.step(120);
    const stopped = await tasks(on, 'api-prod', 'STOPPED');

    const failed = stopped.find((one) => one.stopCode === stopCode && stoppedReason.test(one.stoppedReason ?? ''));
    expect(failed).toBeDefined();
    expect(failed?.containers?.[0]?.exitCode).toBe(exitCode);
    const reason = failed?.containers?.[0]?.reason;
    expect(reason).toBe(kind === 'oom' ? 'OutOfMemoryError: Container killed due to memory usage' : undefined);
  });
});

describe('StopServiceDeployment', () => {
  it('rolls a deployment under way back, and refuses one that is over', async () => {
    const on = await account();
    const old = await service(on, 'api-prod');
    await deploy(on, 'api-prod', '1.9.0');
    on.step(40);
    const arn = (await service(on, 'api-prod')).currentServiceDeployment;
    const stop = () =>
      on.ecs.send(new StopServiceDeploymentCommand({ serviceDeploymentArn: arn, stopType: 'ROLLBACK' }));

    await stop();
    const going = (await serviceDeployments(on, 'api-prod'))[0];
    on.step(90);
    const gone = (await serviceDeployments(on, 'api-prod'))[0];

    expect(going?.status).toBe('ROLLBACK_IN_PROGRESS');
    expect(gone?.status).toBe('ROLLBACK_SUCCESSFUL');
    expect((await service(on, 'api-prod')).taskDefinition).toBe(old.taskDefinition);
    await expect(stop()).rejects.toMatchObject({ name: 'ConflictException' });
  });
});

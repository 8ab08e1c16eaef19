import { describe, expect, it } from 'vitest';
import type { Status } from '../../../src/core/ports.ts';
import { arn, definition, service, target, wired } from './wire.ts';

const repository = '111122223333.dkr.ecr.eu-west-1.amazonaws.com/web';
const web = { name: 'web', image: `${repository}:1.0`, essential: true, portMappings: [{ containerPort: 80 }] };
const digest = `sha256:${'a'.repeat(64)}`;
const image = { imageDigest: digest, imageTags: ['1.1'], imagePushedAt: 1.79e9 };
const services = ({ services: names }: Record<string, unknown>) => ({
  services: (names as string[]).map((name) => service(name)),
});
const running = (healthStatus: string) => ({
  taskArn: healthStatus,
  lastStatus: 'RUNNING',
  healthStatus,
  taskDefinitionArn: arn('task-definition', 'web:7'),
});
const deployable = (
  containers: readonly Record<string, unknown>[],
  more = {},
  tags: Record<string, string>[] = [],
) => ({
  DescribeServices: services,
  DescribeTaskDefinition: () => definition(containers, more, tags),
  DescribeImages: () => ({ imageDetails: [image] }),
  ListTaskDefinitions: () => ({ taskDefinitionArns: [arn('task-definition', 'web:7')] }),
  ListServiceDeployments: () => ({ serviceDeployments: [] }),
  RegisterTaskDefinition: () => ({ taskDefinition: { taskDefinitionArn: arn('task-definition', 'web:8') } }),
  UpdateService: () => ({ service: service('web') }),
});
const go = async (wire: ReturnType<typeof wired>, version = '1.1') => {
  const artifact = await wire.platform.resolve!(target('web'), version);
  return wire.platform.deploy!(target('web'), { artifact, operation: 'op_1', since: 0 });
};
const event = (minutes: number, message: string) => ({
  id: message,
  createdAt: Date.UTC(2026, 10, 23, 9) / 1000 - minutes * 60,
  message: `(service web) ${message}`,
});
const failure = (promise: Promise<unknown>): Promise<unknown> => promise.catch((error: unknown) => error);

describe('asking for many', () => {
  it('describes services ten at a time and scalable targets together', async () => {
    const { platform, bodies } = wired({
      DescribeServices: services,
      DescribeScalableTargets: () => ({ ScalableTargets: [] }),
      DescribeTaskDefinition: () => definition([web]),
    });
    const targets = Array.from({ length: 23 }, (_, index) => target(`web-${index}`));

    const found = await platform.status(targets);

    expect([...found.values()].filter((one) => one instanceof Error)).toEqual([]);
    expect(
      bodies('DescribeServices')
        .map((one) => (one['services'] as string[]).length)
        .toSorted((a, b) => b - a),
    ).toEqual([10, 10, 3]);
    expect(bodies('DescribeScalableTargets')).toHaveLength(1);
    expect(bodies('DescribeTaskDefinition')).toHaveLength(1);
  });

  it('follows every page of clusters and services', async () => {
    const { platform } = wired({
      ListClusters: ({ nextToken }) =>
        nextToken === 'c2'
          ? { clusterArns: [arn('cluster', 'other-prod')] }
          : { clusterArns: [arn('cluster', 'main-prod')], nextToken: 'c2' },
      ListServices: ({ cluster, nextToken }) => {
        const group = String(cluster).split('/')[1]!;
        return nextToken === 's2'
          ? { serviceArns: [arn('service', `${group}/b`)] }
          : { serviceArns: [arn('service', `${group}/a`)], nextToken: 's2' };
      },
    });

    const { targets, failed } = await platform.list();

    expect(failed).toEqual([]);
    expect(targets.map((one) => `${one.group}/${one.name} ${one.stage}`)).toEqual([
      'main-prod/a prod',
      'main-prod/b prod',
      'other-prod/a prod',
      'other-prod/b prod',
    ]);
  });

  it('takes the stage from tags where no name says it, and asks for them once', async () => {
    const { platform, bodies } = wired({
      ListClusters: () => ({ clusterArns: [arn('cluster', 'main')] }),
      // An ARN of the old format, without the cluster.
      ListServices: () => ({ serviceArns: [arn('service', 'pay'), arn('service', 'main/shop-staging')] }),
      DescribeServices: () => ({ services: [service('pay', { tags: [{ key: 'Environment', value: 'Production' }] })] }),
    });

    const [first, second] = [await platform.list(), await platform.list()];

    expect(first.targets.map((one) => [one.key, one.stage])).toEqual([
      ['ecs/111122223333/eu-west-1/main/pay', 'prod'],
      ['ecs/111122223333/eu-west-1/main/shop-staging', 'staging'],
    ]);
    expect(second).toEqual(first);
    expect(bodies('DescribeServices')).toHaveLength(1);
  });
});

describe('the state of a service', () => {
  const answers = {
    DescribeScalableTargets: () => ({ ScalableTargets: [] }),
    DescribeTaskDefinition: () => definition([web]),
    ListTasks: () => ({ taskArns: [] }),
  };
  const statusOf = async (found: Record<string, unknown>, more = {}) => {
    const { platform } = wired({ ...answers, DescribeServices: () => ({ services: [found] }), ...more });
    return (await platform.status([target('web')])).get(target('web').key) as Status;
  };

  it.each(['EXTERNAL', 'CODE_DEPLOY'])(
    'says that %s deploys it, and finds what runs in its task sets',
    async (type) => {
      const status = await statusOf(
        service('web', {
          taskDefinition: undefined,
          deployments: [],
          deploymentController: { type },
          taskSets: [{ status: 'PRIMARY', taskDefinition: arn('task-definition', 'web:7') }],
        }),
      );

      expect(status).toMatchObject({ hindrances: { deploy: 'controller' }, strategy: type, version: { label: '1.0' } });
    },
  );

  it('says that it is going away', async () => {
    const status = await statusOf(service('web', { status: 'DRAINING' }));

    expect(status.hindrances).toEqual({ scale: 'draining', deploy: 'draining' });
  });

  it('says that there is no room when ECS has said so since it was last steady', async () => {
    const full = 'was unable to place a task because no container instance met all of its requirements.';
    const lacking = {
      desiredCount: 3,
      events: [event(1, full), event(3, full), event(9, 'has reached a steady state.')],
    };
    const over = { events: [event(1, 'has reached a steady state.'), event(3, full)] };

    const now = await statusOf(service('web', lacking));
    const before = await statusOf(service('web', over));

    expect(now).toMatchObject({ health: 'degraded', causes: [{ kind: 'no-room', args: { count: 2 } }, {}] });
    expect(before).toMatchObject({ health: 'healthy', causes: [] });
  });

  it('does not count tasks as healthy that fail or have not passed their own check', async () => {
    const checked = { ...web, healthCheck: { command: ['CMD', 'true'] } };
    const tasks = ['HEALTHY', 'UNHEALTHY', 'UNKNOWN'].map(running);
    const more = {
      DescribeTaskDefinition: () => definition([checked]),
      ListTasks: ({ desiredStatus }: Record<string, unknown>) => ({
        taskArns: desiredStatus === 'RUNNING' ? tasks.map(({ taskArn }) => taskArn) : [],
      }),
      DescribeTasks: () => ({ tasks }),
    };

    const status = await statusOf(service('web', { desiredCount: 4, runningCount: 3, pendingCount: 1 }), more);

    expect(status.capacity).toMatchObject({ desired: 4, running: 3, healthy: 1, pending: 1 });
  });

  it('is an error, not a wrong range, when the scalable targets cannot be read', async () => {
    const denied = { status: 400, body: { __type: 'AccessDeniedException', message: 'no' } };

    const status = await statusOf(service('web'), { DescribeScalableTargets: () => denied });

    expect(status).toMatchObject({ name: 'PlatformError', operation: 'DescribeScalableTargets', reason: 'denied' });
  });
});

describe('deploying', () => {
  it('copies members no SDK knows yet, and not what AWS alone may set', async () => {
    const odd = { ...web, invented: { deeply: [{ new: true }] }, environment: [{ name: 'A', value: 'b', from: 'c' }] };
    const more = { futureMode: 'on', cpu: '256', requiresAttributes: [{ name: 'x' }], compatibilities: ['EC2'] };
    const tags = [
      { key: 'aws:cloudformation:stack-name', value: 'web' },
      { key: 'team', value: 'shop' },
    ];
    const wire = wired(deployable([odd, { name: 'side', image: 'x:1', essential: false }], more, tags));

    const handle = await go(wire);

    expect(handle).toBe(arn('task-definition', 'web:8'));
    expect(wire.bodies('RegisterTaskDefinition')).toEqual([
      {
        family: 'web',
        futureMode: 'on',
        cpu: '256',
        containerDefinitions: [
          { ...odd, image: `${repository}@${digest}` },
          { name: 'side', image: 'x:1', essential: false },
        ],
        tags: [
          { key: 'team', value: 'shop' },
          { key: 'opsjack:operation', value: 'op_1' },
          { key: 'opsjack:version', value: '1.1' },
        ],
      },
    ]);
    expect(wire.bodies('UpdateService')).toEqual([
      { cluster: 'main', service: 'web', taskDefinition: arn('task-definition', 'web:8') },
    ]);
  });

  it('asks which container when several fit, and takes a word for it', async () => {
    const admin = { ...web, name: 'admin', image: `${repository.replace('web', 'admin')}:1.0` };
    const wire = wired(deployable([web, admin]));

    const refused = await failure(go(wire));
    const told = await wire.platform.resolve!(target('web'), 'admin=1.1');
    const clear = await wire.platform.resolve!(target('web'), `${repository}:1.1`);

    expect(refused).toMatchObject({ reason: { say: 'refuse.container.which', with: { containers: 'web, admin' } } });
    expect([told.container, clear.container]).toEqual(['admin', 'web']);
    expect(wire.bodies('RegisterTaskDefinition')).toEqual([]);
  });

  it('takes the container behind the load balancer for the application', async () => {
    const metrics = { ...web, name: 'metrics', image: 'x:1' };
    const wire = wired({
      ...deployable([metrics, web]),
      DescribeServices: () => ({ services: [service('web', { loadBalancers: [{ containerName: 'web' }] })] }),
    });

    expect((await wire.platform.resolve!(target('web'), '1.1')).container).toBe('web');
  });

  it('does not deploy a task definition that was deregistered', async () => {
    const wire = wired(deployable([web], { status: 'INACTIVE' }));

    expect(await failure(wire.platform.resolve!(target('web'), 'web:7'))).toMatchObject({
      reason: { say: 'refuse.version.unknown' },
    });
  });

  it('is running, not failed, as long as AWS may not show it yet', async () => {
    const wire = wired({
      ...deployable([web]),
      DescribeScalableTargets: () => ({ ScalableTargets: [] }),
      ListTasks: () => ({}),
    });
    const artifact = { label: '1.1', ref: `${repository}@${digest}` };
    const handle = arn('task-definition', 'web:8');
    const look = (since: number) =>
      wire.platform.progress!(target('web'), { change: { kind: 'deploy', artifact }, handle, since });
    const now = Date.UTC(2026, 10, 23, 9);

    const [soon, late] = [await look(now - 5000), await look(now - 300_000)];

    expect(soon).toMatchObject({ state: 'running', updated: 0 });
    expect(late).toMatchObject({ state: 'failed', cause: { kind: 'wrong-version', args: { version: '1.0' } } });
  });
});

it('does not wait for, or shout about, what only decorates a card', async () => {
  const wire = wired({
    DescribeServices: services,
    GetMetricData: () => ({ MetricDataResults: [] }),
    DescribeAlarms: () => ({ MetricAlarms: [], CompositeAlarms: [] }),
  });

  const metrics = await wire.platform.metrics!(target('web'));

  expect(metrics).toEqual({ alarms: [], times: [], series: [] });
});

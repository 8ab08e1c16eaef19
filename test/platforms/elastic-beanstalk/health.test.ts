// The state of environments as AWS words it, answer by answer.
import { describe, expect, it } from 'vitest';
import type { Status } from '../../../src/core/ports.ts';
import { basic, environments, error, instances, list, onWire, settings, target, usual, type Answers } from './wire.ts';

const range = { 'aws:autoscaling:asg MinSize': '2', 'aws:autoscaling:asg MaxSize': '4' };

async function statusOf(answers: Answers): Promise<Status> {
  const { platform } = onWire({ ...usual, ...answers });
  const status = (await platform.status([target])).get(target.key);
  if (!status || status instanceof Error) throw status ?? new Error('no status');
  return status;
}

describe('an environment with basic health reporting', () => {
  it.each([
    ['Green', 'healthy', 2],
    ['Yellow', 'degraded', 0],
    ['Red', 'down', 0],
    ['Grey', 'unknown', 0],
  ])('that is %s is %s, by the instances there are', async (Health, health, healthy) => {
    const status = await statusOf({ ...basic, DescribeEnvironments: environments({ Health }) });

    expect(status).toMatchObject({ health, capacity: { running: 2, healthy, desired: 2, min: 2, max: 4 } });
  });
});

describe('health', () => {
  it.each([
    ['Ready', 'Ok', 'healthy'],
    ['Ready', 'Info', 'healthy'],
    ['Ready', 'Warning', 'degraded'],
    ['Ready', 'Degraded', 'degraded'],
    ['Ready', 'Severe', 'down'],
    ['Ready', 'NoData', 'unknown'],
    ['Ready', 'Suspended', 'unknown'],
    ['Updating', 'Info', 'changing'],
    ['Updating', 'Warning', 'changing'],
    ['Updating', 'Degraded', 'degraded'],
    ['Updating', 'Severe', 'down'],
    ['Launching', 'Pending', 'changing'],
  ])('of an environment that is %s and %s is %s', async (Status, HealthStatus, health) => {
    const status = await statusOf({ DescribeEnvironments: environments({ Status, HealthStatus }) });

    expect(status.health).toBe(health);
  });

  it('has causes in plain kinds, worst first', async () => {
    const said = [
      'Following services are not running: proxy.',
      '12.5 % of the requests are failing with HTTP 5xx.',
      'Incorrect application version found on all instances. Expected version &quot;v1&quot; (deployment 3).',
    ];

    const status = await statusOf({
      DescribeEnvironments: environments({ HealthStatus: 'Severe' }),
      DescribeEnvironmentHealth: list('Causes', said),
    });

    expect(status.causes.map(({ kind, args }) => [kind, args])).toEqual([
      ['wrong-version', { count: 2, version: 'v1' }],
      ['requests-failing', { percent: 13 }],
      ['aws-says', { words: said[0] }],
    ]);
  });

  it('counts what is not well where AWS gives no cause', async () => {
    const status = await statusOf({
      DescribeEnvironments: environments({ HealthStatus: 'Degraded' }),
      DescribeInstancesHealth: instances(['v1', 'Ok', 'Deployed'], ['v1', 'Degraded', 'Deployed']),
    });

    expect(status.causes).toEqual([{ kind: 'instances-unhealthy', args: { count: 1, total: 2 } }]);
  });
});

describe('settings', () => {
  const command = 'aws:elasticbeanstalk:command';

  it.each([
    ['AllAtOnce', '30', 'Percentage', 'AllAtOnce'],
    ['Rolling', '30', 'Percentage', 'Rolling, 30% at a time'],
    ['RollingWithAdditionalBatch', '2', 'Fixed', 'RollingWithAdditionalBatch, 2 at a time'],
    ['Immutable', '100', 'Percentage', 'Immutable'],
  ])('with the policy %s, %s, %s read %s', async (policy, size, type, strategy) => {
    const options = {
      ...range,
      [`${command} DeploymentPolicy`]: policy,
      [`${command} BatchSize`]: size,
      [`${command} BatchSizeType`]: type,
    };

    expect((await statusOf({ DescribeConfigurationSettings: settings(options) })).strategy).toBe(strategy);
  });

  it('with the environment variables of the application are not kept', async () => {
    const options = { ...range, 'aws:elasticbeanstalk:application:environment PASSWORD': 'correct-horse' };

    const status = await statusOf({ DescribeConfigurationSettings: settings(options) });

    expect(JSON.stringify(status)).not.toMatch(/correct-horse|PASSWORD/u);
  });
});

describe('the fleet', () => {
  it('leaves out what is terminated or being terminated', async () => {
    const { platform, asked } = onWire({
      DescribeEnvironments: environments(
        {},
        { EnvironmentName: 'blog-old', EnvironmentId: 'e-old', Status: 'Terminated' },
        { EnvironmentName: 'blog-going', EnvironmentId: 'e-going', Status: 'Terminating' },
      ),
    });

    const { targets } = await platform.list();

    expect(targets).toEqual([{ ...target, stage: 'prod' }]);
    expect(asked('DescribeEnvironments')[0]?.get('IncludeDeleted')).toBe('false');
  });

  it('has nothing to change on what is being terminated', async () => {
    const status = await statusOf({ DescribeEnvironments: environments({ Status: 'Terminating' }) });

    expect(status.hindrances).toEqual({ scale: 'draining', deploy: 'draining' });
  });
});

describe('what AWS answers instead', () => {
  it.each([
    ['throttling', error('Throttling', 'Rate exceeded'), 'throttled', true],
    ['a refusal', error('AccessDenied', 'not authorized', 403), 'denied', false],
    ['garbage', { xml: '<<{not readable' }, 'broken', true],
    ['nothing', { status: 503, xml: '' }, 'broken', true],
  ])('%s is a plain reason', async (_what, DescribeEnvironments, reason, retryable) => {
    const { platform } = onWire({ ...usual, DescribeEnvironments });

    const found = (await platform.status([target])).get(target.key);

    expect(found).toMatchObject({
      name: 'PlatformError',
      platform: 'elastic-beanstalk',
      operation: 'DescribeEnvironments',
      reason,
      retryable,
      unsure: false,
    });
  });
});

import { describe, expect, it } from 'vitest';
import { Refusal } from '../../../src/core/errors.ts';
import { account, deployed, failure, statusOf } from './account.ts';

const operation = 'op_1';
const reads = [
  'DescribeConfigurationSettings',
  'DescribeEnvironmentHealth',
  'DescribeEnvironments',
  'DescribeInstancesHealth',
];

describe('the state of an environment', () => {
  it('takes one call of each kind for one', async () => {
    const here = await account();

    const status = await statusOf(here);

    const called = here.control.calls().map((call) => call.operation);
    expect(called.toSorted()).toEqual(reads);
    expect(status).toMatchObject({
      capacity: { unit: 'instances', min: 4, max: 12, desired: 6, running: 6, healthy: 6, pending: 0 },
      strategy: 'Rolling, 34% at a time',
      console: `https://ap-northeast-2.console.aws.amazon.com/elasticbeanstalk/home?region=ap-northeast-2#/environment/dashboard?environmentId=${here.of.id}`,
    });
  });

  it('takes one DescribeEnvironments for many, and asks for causes only where something is wrong', async () => {
    const here = await account();
    const { targets } = await here.platform.list();
    here.control.breakTarget('shop-events-prod', 'health');
    here.control.clearCalls();

    const found = await here.platform.status(targets);

    expect(targets.length).toBeGreaterThan(3);
    expect(found.size).toBe(targets.length);
    expect(here.calls('DescribeEnvironments')).toHaveLength(1);
    expect(here.calls('DescribeEnvironmentHealth')).toHaveLength(1);
    const sick = targets.filter(({ key }) => {
      const status = found.get(key);
      return !(status instanceof Error) && status?.health === 'down';
    });
    expect(sick.map(({ name }) => name)).toEqual(['shop-events-prod']);
  });

  it('says what is on its way, and that nothing else can be done meanwhile', async () => {
    const here = await account();
    const artifact = await here.platform.resolve!(here.of, 'v2.32.0');

    await here.platform.deploy!(here.of, { artifact, operation, since: here.now() });
    here.step(100);
    const status = await statusOf(here);

    expect(status).toMatchObject({ health: 'changing', causes: [], changing: { version: 'v2.32.0' } });
    expect(status.version?.label).toBe('v2.31.0');
    expect(status.hindrances).toEqual({ scale: 'not-ready', deploy: 'not-ready' });
  });

  it('tells which instances a failed deployment left behind', async () => {
    const here = await account();

    await deployed(here, 'v2.33.0-bad');
    const status = await statusOf(here);

    expect(status.health).toBe('degraded');
    expect(status.causes[0]).toMatchObject({ kind: 'wrong-version', args: { count: 2, version: 'v2.31.0' } });
    expect(status.capacity).toMatchObject({ running: 6, healthy: 4 });
    expect(status.hindrances).toEqual({});
  });

  it('shows the alarms of the environment and the share of failed requests', async () => {
    const here = await account();
    const quiet = await here.platform.metrics!(here.of);

    await deployed(here, 'v2.33.0-bad');
    here.step(600);
    const loud = await here.platform.metrics!(here.of);

    expect(quiet.alarms).toEqual([]);
    expect(quiet.errors).toBeLessThan(1);
    expect(loud.alarms).toEqual([{ name: 'shop-web-prod-health', since: expect.any(Number) }]);
    expect(loud.errors).toBeGreaterThan(10);
    expect(loud.series.map(({ name }) => name)).toEqual(['errors', 'cpu']);
    const [errors] = loud.series;
    expect(errors!.values.at(-1)!).toBeGreaterThan(errors!.values[0]!);
  });
});

describe('scaling', () => {
  it('to a fixed count sets min and max alike', async () => {
    const here = await account();

    await here.platform.scale!(here.of, { sizes: { desired: 7 }, operation, since: here.now() });
    here.step(120);

    expect((await statusOf(here)).capacity).toMatchObject({ min: 7, max: 7, desired: 7, healthy: 7 });
  });

  it('leaves the number alone that was not asked for', async () => {
    const here = await account();

    await here.platform.scale!(here.of, { sizes: { max: 20 }, operation, since: here.now() });
    here.step(120);

    expect((await statusOf(here)).capacity).toMatchObject({ min: 4, max: 20 });
  });

  it('to the numbers that are there already asks nothing of AWS', async () => {
    const here = await account();

    await here.platform.scale!(here.of, { sizes: { min: 4, max: 12 }, operation, since: here.now() });

    expect(here.calls('UpdateEnvironment')).toEqual([]);
  });

  it('is refused for an environment of a single instance', async () => {
    const here = await account('admin-web-prod');
    const change = { sizes: { min: 2, max: 4 }, operation, since: here.now() };

    const refused = await failure(here.platform.scale!(here.of, change));

    expect(refused).toBeInstanceOf(Refusal);
    expect(refused).toMatchObject({ reason: { say: 'hindrance.single-instance' } });
    expect((await statusOf(here)).hindrances).toEqual({ scale: 'single-instance' });
    expect(here.calls('UpdateEnvironment')).toEqual([]);
  });

  it('waits for an environment that somebody else is changing', async () => {
    const here = await account();
    here.control.outside('shop-web-prod', { version: 'v2.32.0' });

    const busy = await failure(
      here.platform.scale!(here.of, { sizes: { min: 6, max: 12 }, operation, since: here.now() }),
    );

    expect(busy).toMatchObject({ name: 'PlatformError', reason: 'busy', retryable: true, unsure: false });
    expect(here.calls('UpdateEnvironment')).toEqual([]);
  });
});

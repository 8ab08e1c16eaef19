// What only Elastic Beanstalk does, by the real SDK client on a simulated account.
import { describe, expect, it } from 'vitest';
import { Refusal } from '../../src/core/errors.ts';
import type { Artifact, Progress, Status, Target } from '../../src/core/ports.ts';
import { elasticBeanstalk } from '../../src/platforms/elastic-beanstalk.ts';
import { simulated, type Simulated } from './simulated.ts';

const operation = 'op_1';
const reads = [
  'DescribeConfigurationSettings',
  'DescribeEnvironmentHealth',
  'DescribeEnvironments',
  'DescribeInstancesHealth',
];

async function account(name = 'shop-web-prod'): Promise<Simulated & { of: Target }> {
  const here = await simulated(elasticBeanstalk);
  const of = await here.target(name);
  here.control.clearCalls();
  return { ...here, of };
}

async function statusOf(here: Simulated & { of: Target }): Promise<Status> {
  const found = (await here.platform.status([here.of])).get(here.of.key);
  if (!found || found instanceof Error) throw found ?? new Error('no status');
  return found;
}

const failure = (promise: Promise<unknown>): Promise<unknown> => promise.catch((error: unknown) => error);

async function deployed(here: Simulated & { of: Target }, version: string): Promise<Progress[]> {
  const artifact = await here.platform.resolve!(here.of, version);
  const since = here.now();
  const handle = await here.platform.deploy!(here.of, { artifact, operation: `${version} ${since}`, since });
  return here.watched(here.of, { change: { kind: 'deploy', artifact }, handle, since });
}

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

    here.control.breakTarget('shop-web-prod', 'health');
    await statusOf(here);
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

  it('is done on an environment whose requests fail for another reason, once its instances are well', async () => {
    const here = await account();
    const since = here.now();
    const sizes = { min: 8, max: 12 };

    await here.platform.scale!(here.of, { sizes, operation, since });
    here.step(5);
    const early = await here.platform.progress!(here.of, { change: { kind: 'scale', sizes }, since });
    here.step(200);
    const late = await here.platform.progress!(here.of, { change: { kind: 'scale', sizes }, since });

    expect(early).toMatchObject({ state: 'running', steps: [{ kind: 'numbers', state: 'running' }, {}] });
    expect(late).toMatchObject({ state: 'done', capacity: { healthy: 8, desired: 8 } });
  });
});

describe('deploying', () => {
  it('tells batch by batch how many instances have the version', async () => {
    const here = await account();

    const seen = await deployed(here, 'v2.32.0');

    expect([...new Set(seen.map((one) => one.updated))]).toEqual([0, 2, 4, 6]);
    expect(seen.at(-1)!.steps).toEqual([
      { kind: 'batch', state: 'done', number: 1, healthy: 6, size: 6 },
      { kind: 'health', state: 'done' },
    ]);
  });

  it('an immutable bad version ends where it began, with the cause', async () => {
    const here = await account('shop-events-prod');
    here.control.addVersion('shop-events', 'v0.4.1', { bad: true });

    const seen = await deployed(here, 'v0.4.1');

    const end = { state: 'rolled-back', version: 'v0.3.0', updated: 0, cause: { kind: 'update-failed' } };
    expect(seen.at(-1)).toMatchObject(end);
    expect(await statusOf(here)).toMatchObject({ health: 'healthy', version: { label: 'v0.3.0' } });
  });

  it('a bad version everywhere at once is a failure with the words of the instance', async () => {
    const here = await account('shop-web-staging');

    const seen = await deployed(here, 'v2.33.0-bad');

    expect(seen.at(-1)).toMatchObject({
      state: 'failed',
      cause: { kind: 'update-failed', words: expect.stringContaining('Command failed on instance') },
    });
    expect((await statusOf(here)).health).toBe('down');
  });

  it('waits for a deployment of somebody else', async () => {
    const here = await account();
    const artifact = await here.platform.resolve!(here.of, 'v2.30.4');
    here.control.outside('shop-web-prod', { version: 'v2.32.0' });

    const busy = await failure(here.platform.deploy!(here.of, { artifact, operation, since: here.now() }));

    expect(busy).toMatchObject({ name: 'PlatformError', reason: 'busy', retryable: true });
    expect(here.calls('UpdateEnvironment')).toEqual([]);
  });

  it('the version that is meant to run mends what a failed deployment left behind', async () => {
    const here = await account();
    await deployed(here, 'v2.33.0-bad');
    here.step(30);

    const back = await here.platform.previous!(here.of);
    const seen = await deployed(here, back!.label);

    expect(back?.label).toBe('v2.31.0');
    expect(seen.at(-1)).toMatchObject({ state: 'done', updated: 6 });
    expect(here.calls('UpdateEnvironment')).toHaveLength(2);
  });

  it('of a version that somebody else replaced is a failure that names what runs', async () => {
    const here = await account();
    const artifact: Artifact = await here.platform.resolve!(here.of, 'v2.32.0');
    const since = here.now();
    await here.platform.deploy!(here.of, { artifact, operation, since });
    here.step(400);

    here.control.outside('shop-web-prod', { version: 'v2.30.4' });
    here.step(400);
    const about = { change: { kind: 'deploy' as const, artifact }, handle: 'v2.32.0', since };
    const progress = await here.platform.progress!(here.of, about);

    expect(progress).toMatchObject({ state: 'failed', updated: 0 });
    expect(progress.cause).toEqual({ kind: 'wrong-version', args: { count: 6, version: 'v2.32.0' } });
  });

  it('everywhere at once cannot be stopped', async () => {
    const here = await account('shop-web-staging');
    const artifact = await here.platform.resolve!(here.of, 'v2.31.0');
    const since = here.now();
    const handle = await here.platform.deploy!(here.of, { artifact, operation, since });

    const refused = await failure(
      here.platform.abort!(here.of, { change: { kind: 'deploy', artifact }, handle, since }),
    );

    expect(refused).toMatchObject({ name: 'Refusal', reason: { say: 'refuse.over' } });
    expect(here.calls('AbortEnvironmentUpdate')).toEqual([]);
  });
});

describe('versions', () => {
  it('that cannot be deployed say why', async () => {
    const here = await account();

    const versions = await here.platform.versions!(here.of);
    const refused = await failure(here.platform.resolve!(here.of, 'v2.31.1-rc1'));

    expect(versions.filter((one) => one.state === 'unusable')).toMatchObject([
      { label: 'v2.31.1-rc1', note: 'Failed' },
    ]);
    const about = { version: { code: 'v2.31.1-rc1' }, target: 'shop-web-prod', why: 'Failed' };
    expect(refused).toMatchObject({ name: 'Refusal', reason: { say: 'refuse.version.unusable', with: about } });
  });

  it('latest is the newest that can be deployed, and case does not matter where only one fits', async () => {
    const here = await account();
    here.step(60);
    here.control.addVersion('shop-web', 'v2.34.0');

    const found = await Promise.all(['latest', 'V2.32.0'].map((one) => here.platform.resolve!(here.of, one)));

    expect(found.map((one) => one.label)).toEqual(['v2.34.0', 'v2.32.0']);
  });

  it('before the first are unknown rather than guessed', async () => {
    const here = await account('shop-events-prod');

    expect(await here.platform.previous!(here.of)).toBeUndefined();
  });
});

// What only ECS does, by the real SDK clients on a simulated account.
import { describe, expect, it } from 'vitest';
import { Refusal } from '../../src/core/errors.ts';
import type { Status, Target } from '../../src/core/ports.ts';
import { ecs } from '../../src/platforms/ecs.ts';
import { simulated, type Simulated } from './simulated.ts';

type Here = Simulated & { of: Target };
const operation = 'op_1';
const registry = '111122223333.dkr.ecr.ap-northeast-2.amazonaws.com';

async function account(name = 'api-prod', images: Record<string, readonly string[]> = {}): Promise<Here> {
  const here = await simulated((options) => ecs({ ...options, images }));
  const of = await here.target(name);
  here.control.clearCalls();
  return { ...here, of };
}

async function statusOf(here: Here): Promise<Status> {
  const found = (await here.platform.status([here.of])).get(here.of.key);
  if (!found || found instanceof Error) throw found ?? new Error('no status');
  return found;
}

const failure = (promise: Promise<unknown>): Promise<unknown> => promise.catch((error: unknown) => error);
const asked = (here: Here): string[] => here.control.calls().map((call) => call.operation);

/** Deploys as an operation of its own and watches to the end. */
async function deployed(here: Here, version: string) {
  const artifact = await here.platform.resolve!(here.of, version);
  const since = here.now();
  const handle = await here.platform.deploy!(here.of, { artifact, operation: `op ${version} ${since}`, since });
  return { handle, since, change: { kind: 'deploy' as const, artifact } };
}

describe('the state of a service', () => {
  it('takes one round of two calls once its task definition is known, which never changes', async () => {
    const here = await account();
    await statusOf(here);
    here.control.clearCalls();

    await statusOf(here);

    expect(asked(here).toSorted()).toEqual(['DescribeScalableTargets', 'DescribeServices']);
  });

  it('says what fails of a service that lost tasks, and how many are left', async () => {
    const here = await account('checkout-api-prod');

    const status = await statusOf(here);

    expect(status).toMatchObject({ health: 'degraded', capacity: { desired: 8, running: 5, healthy: 5 } });
    expect(status.causes.map((one) => one.kind)).toEqual(['out-of-memory', 'below-desired']);
    expect(status.causes[0]).toMatchObject({ args: { count: expect.any(Number) }, words: expect.any(String) });
  });

  it('is down when nothing runs that should', async () => {
    const here = await account();
    here.control.breakTarget('api-prod', 'exit');
    here.step(30);

    expect(await statusOf(here)).toMatchObject({ health: 'down', capacity: { running: 0 } });
  });

  it('is changing, not degraded, while tasks of a new minimum are starting', async () => {
    const here = await account();
    await here.platform.scale!(here.of, { sizes: { min: 6 }, operation, since: here.now() });
    here.step(15);

    const status = await statusOf(here);

    expect(status).toMatchObject({ health: 'changing', causes: [], capacity: { min: 6, max: 6, desired: 6 } });
  });

  it('shows a deployment under way, and that another has to wait', async () => {
    const here = await account();
    await deployed(here, '1.9.0');
    here.step(20);

    expect(await statusOf(here)).toMatchObject({
      health: 'changing',
      changing: { version: '1.9.0', since: expect.any(Number) },
      hindrances: { deploy: 'deploying' },
    });
  });
});

describe('a service nothing scales', () => {
  it('says so, and has a desired count without a range', async () => {
    const here = await account('mail-worker-prod');

    const { capacity, hindrances } = await statusOf(here);

    expect(hindrances).toEqual({ scale: 'no-scalable-target' });
    expect(capacity).toMatchObject({ desired: 2, running: 2 });
    expect(capacity).not.toHaveProperty('min');
  });

  it('takes a fixed count, once', async () => {
    const here = await account('mail-worker-prod');
    const since = here.now();
    const change = { sizes: { desired: 4 }, operation, since };

    await here.platform.scale!(here.of, change);
    await here.platform.scale!(here.of, change);
    const seen = await here.watched(here.of, { change: { kind: 'scale', sizes: change.sizes }, since });

    expect(here.calls('UpdateService').map((call) => call.params['desiredCount'])).toEqual([4]);
    expect(seen.at(-1)).toMatchObject({ state: 'done', capacity: { desired: 4, healthy: 4 } });
  });

  it('refuses a range', async () => {
    const here = await account('mail-worker-prod');

    const refused = await failure(here.platform.scale!(here.of, { sizes: { min: 1, max: 4 }, operation, since: 0 }));

    expect(refused).toBeInstanceOf(Refusal);
    expect(refused).toMatchObject({ reason: { say: 'hindrance.no-scalable-target' } });
    expect(here.calls('UpdateService', 'RegisterScalableTarget')).toEqual([]);
  });
});

describe('scaling', () => {
  it('leaves the number alone that was not asked for', async () => {
    const here = await account();

    await here.platform.scale!(here.of, { sizes: { max: 12 }, operation, since: here.now() });

    expect(here.calls('RegisterScalableTarget')[0]?.params).not.toHaveProperty('MinCapacity');
    expect(await statusOf(here)).toMatchObject({ capacity: { min: 2, max: 12 } });
  });

  it('to a fixed count sets min and max alike', async () => {
    const here = await account();

    await here.platform.scale!(here.of, { sizes: { desired: 4 }, operation, since: here.now() });
    here.step(5);

    expect(await statusOf(here)).toMatchObject({ capacity: { min: 4, max: 4, desired: 4 } });
  });

  it('is not done while tasks run but their health checks have not passed', async () => {
    const here = await account();
    const since = here.now();
    await here.platform.scale!(here.of, { sizes: { min: 5 }, operation, since });
    here.step(35);

    const progress = await here.platform.progress!(here.of, { change: { kind: 'scale', sizes: { min: 5 } }, since });

    expect(progress).toMatchObject({ state: 'running', capacity: { running: 5, pending: 0 } });
  });

  it('tells why new tasks do not come', async () => {
    const here = await account();
    here.control.breakTarget('api-prod', 'secret');
    const since = here.now();
    await here.platform.scale!(here.of, { sizes: { min: 6 }, operation, since });
    here.step(90);

    const progress = await here.platform.progress!(here.of, { change: { kind: 'scale', sizes: { min: 6 } }, since });

    expect(progress).toMatchObject({ state: 'running', cause: { kind: 'secret-unreadable' } });
  });
});

describe('the version to deploy', () => {
  it('is the digest of a tag, from the repository that runs, under the name that was asked for', async () => {
    const here = await account();

    const byTag = await here.platform.resolve!(here.of, '1.9.0');
    const byReference = await here.platform.resolve!(here.of, `${registry}/api:1.9.0`);
    const byDigest = await here.platform.resolve!(here.of, byTag.ref.split('@')[1]!);

    expect(byTag).toMatchObject({ label: '1.9.0', container: 'api' });
    expect(byTag.ref).toMatch(new RegExp(`^${registry}/api@sha256:[0-9a-f]{64}$`, 'u'));
    expect([byReference, byDigest]).toEqual([byTag, byTag]);
  });

  it('latest is the newest that was pushed, by its own name', async () => {
    const here = await account();
    here.control.addImage('api', '2.0.0');

    expect((await here.platform.resolve!(here.of, 'latest')).label).toBe('2.0.0');
  });

  it.each(['docker.io/evil/api:1.9.0', `999900001111.dkr.ecr.ap-northeast-2.amazonaws.com/api:1.9.0`, 'evil/api'])(
    'is refused from elsewhere: %s',
    async (image) => {
      const here = await account();

      const refused = await failure(here.platform.resolve!(here.of, image));

      const repository = { code: `${registry}/api` };
      expect(refused).toBeInstanceOf(Refusal);
      expect(refused).toMatchObject({ reason: { say: 'refuse.image.foreign', with: { repository } } });
      expect(here.calls('DescribeImages')).toEqual([]);
    },
  );

  it('is taken from another repository that is listed for the target, and for no other target', async () => {
    const listed = `${registry}/cart-api`;
    const here = await account('api-prod', { 'api-prod': [listed] });
    const other = await here.target('catalog-api-prod');

    const artifact = await here.platform.resolve!(here.of, `${listed}:2.7.0`);
    const refused = await failure(here.platform.resolve!(other, `${listed}:2.7.0`));

    expect(artifact).toMatchObject({ label: '2.7.0', container: 'api', ref: expect.stringContaining(`${listed}@`) });
    expect(refused).toMatchObject({ reason: { say: 'refuse.image.foreign' } });
  });

  it('may name its container; of a registry that tells no digest it is refused', async () => {
    const here = await account();

    const named = await here.platform.resolve!(here.of, 'api=1.9.0');
    const refused = await failure(here.platform.resolve!(here.of, 'log-router=2.33.0'));

    expect(named).toMatchObject({ label: '1.9.0', container: 'api' });
    expect(refused).toMatchObject({ reason: { say: 'refuse.version.unusable', with: { why: 'public.ecr.aws' } } });
  });

  it.each([
    { version: 'api-prod:1', label: '1.7.2' },
    { version: ':1', label: '1.7.2' },
    { version: '1', label: '1.7.2' },
    { version: 'arn:aws:ecs:ap-northeast-2:111122223333:task-definition/api-prod:1', label: '1.7.2' },
  ])('$version is a task definition of this service, as it is', async ({ version, label }) => {
    const here = await account();

    const artifact = await here.platform.resolve!(here.of, version);
    const handle = await here.platform.deploy!(here.of, { artifact, operation, since: here.now() });

    expect(artifact).toMatchObject({ label, ref: expect.stringMatching(/:task-definition\/api-prod:1$/u) });
    expect(handle).toBe(artifact.ref);
    expect(here.calls('RegisterTaskDefinition')).toEqual([]);
    expect(here.calls('UpdateService')).toHaveLength(1);
  });

  it.each(['catalog-api-prod:1', 'api-prod:99', '99', 'arn:aws:ecs:us-west-2:111122223333:task-definition/api-prod:1'])(
    '%s is refused',
    async (version) => {
      const here = await account();

      const refused = await failure(here.platform.resolve!(here.of, version));

      expect(refused).toBeInstanceOf(Refusal);
      expect(here.calls('UpdateService', 'RegisterTaskDefinition')).toEqual([]);
    },
  );
});

describe('deploying', () => {
  it('changes the image of one container and nothing else of the task definition', async () => {
    const here = await account();

    const { change } = await deployed(here, '1.9.0');

    const [registered] = here.calls('RegisterTaskDefinition');
    const body = registered!.params as { containerDefinitions: { name: string; image: string }[]; tags: unknown[] };
    expect(body.containerDefinitions.map((one) => [one.name, one.image])).toEqual([
      ['api', change.artifact.ref],
      ['log-router', 'public.ecr.aws/aws-observability/aws-for-fluent-bit:2.32.5'],
      ['datadog-agent', 'public.ecr.aws/datadog/agent:7.58.1'],
    ]);
    expect(body).toMatchObject({
      family: 'api-prod',
      taskRoleArn: 'arn:aws:iam::111122223333:role/api-prod-task',
      executionRoleArn: 'arn:aws:iam::111122223333:role/shop-api-exec',
      runtimePlatform: { cpuArchitecture: 'X86_64', operatingSystemFamily: 'LINUX' },
      ephemeralStorage: { sizeInGiB: 30 },
    });
    expect(body.tags).toEqual(
      expect.arrayContaining([
        { key: 'team', value: 'shop' },
        { key: 'opsjack:version', value: '1.9.0' },
      ]),
    );
    expect(await statusOf(here)).toMatchObject({ version: { label: '1.9.0', digest: expect.any(String) } });
  });

  it('is refused where another controller deploys', async () => {
    const here = await account('search-api-prod');
    const artifact = await here.platform.resolve!(here.of, '3.7.5');

    const refused = await failure(here.platform.deploy!(here.of, { artifact, operation, since: here.now() }));

    expect(await statusOf(here)).toMatchObject({ hindrances: { deploy: 'controller' }, version: { label: '3.8.0' } });
    expect(refused).toMatchObject({ reason: { say: 'hindrance.controller' } });
    expect(here.calls('RegisterTaskDefinition', 'UpdateService')).toEqual([]);
  });

  it.each([
    { target: 'api-prod', version: '1.9.2-crash', kind: 'exit-code' },
    { target: 'image-worker-prod', version: '0.10.0', kind: 'secret-unreadable' },
  ])('$version of $target is rolled back by AWS, and $kind is why', async ({ target, version, kind }) => {
    const here = await account(target);
    const before = await statusOf(here);

    const made = await deployed(here, version);
    const seen = await here.watched(here.of, made);

    expect(seen.map((one) => one.state)).not.toContain('done');
    expect(seen.at(-1)).toMatchObject({ state: 'rolled-back', cause: { kind }, version: before.version!.label });
    expect((await statusOf(here)).version!.ref).toBe(before.version!.ref);
  });

  it('fails where the circuit breaker stops it but goes nowhere', async () => {
    const here = await account('checkout-api-prod');
    here.control.addImage('checkout-api', '1.44.0', { bad: 'exit' });

    const seen = await here.watched(here.of, await deployed(here, '1.44.0'));

    expect(seen.at(-1)).toMatchObject({ state: 'failed', cause: { kind: 'exit-code' } });
  });

  it('fails, naming what runs, when somebody deploys something else over it', async () => {
    const here = await account();
    const made = await deployed(here, '1.9.0');
    here.step(20);

    here.control.outside('api-prod', { image: '1.7.2' });
    const seen = await here.watched(here.of, made);

    expect(seen.at(-1)).toMatchObject({
      state: 'failed',
      version: '1.7.2',
      cause: { kind: 'wrong-version', args: { version: '1.7.2' } },
    });
  });

  it('goes back a second time to a task definition, though it has been there a moment ago', async () => {
    const here = await account();
    const first = (await statusOf(here)).version!;
    await here.watched(here.of, await deployed(here, '1.9.0'));
    const back = async (id: string) => {
      const since = here.now();
      const handle = await here.platform.deploy!(here.of, { artifact: first, operation: id, since });
      return here.watched(here.of, { change: { kind: 'deploy', artifact: first }, handle, since });
    };

    const once = await back('op_back');
    await here.watched(here.of, await deployed(here, '1.9.0'));
    const twice = await back('op_again');

    expect([once.at(-1)?.state, twice.at(-1)?.state]).toEqual(['done', 'done']);
    expect((await statusOf(here)).version?.ref).toBe(first.ref);
  });

  it('knows nothing to go back to before the second version', async () => {
    const here = await account('checkout-api-staging');

    expect(await here.platform.previous!(here.of)).toBeUndefined();
  });
});

// Deployments of a service, on a simulated account.
import { describe, expect, it } from 'vitest';
import { account, deployed, failure, operation, statusOf } from './account.ts';

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

  it('that is stopped tells on the way back only how many of the old tasks are well', async () => {
    const here = await account();
    const made = await deployed(here, '1.9.0');
    const isBegun = async () => ((await here.platform.progress!(here.of, made)).updated ?? 0) > 0;
    for (let looks = 0; looks < 60 && !(await isBegun()); looks += 1) here.step(5);
    await here.platform.abort!(here.of, made);

    const seen = await here.watched(here.of, made);

    const way = seen.filter(({ state }) => state === 'rolling-back');
    expect(way.length).toBeGreaterThan(0);
    for (const { steps, cause } of way) {
      expect(steps.map((one) => one.kind)).toEqual(['capacity', 'health']);
      expect(steps.map((one) => one.state)).not.toContain('failed');
      expect(cause).toBeDefined();
    }
    const { desired } = seen.at(-1)!.capacity;
    expect(seen.at(-1)).toMatchObject({
      state: 'rolled-back',
      steps: [
        { kind: 'capacity', state: 'done', healthy: desired, desired },
        { kind: 'health', state: 'done' },
      ],
    });
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
      cause: { kind: 'wrong-version', args: { version: '1.9.0' } },
    });
  });

  it('goes back a second time to a task definition, though it has been there a moment ago', async () => {
    const here = await account();
    here.control.speed(20);
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

  it('while one is under way would go back to what ran until then, whatever it goes to', async () => {
    const here = await account();
    const first = await here.platform.previous!(here.of);
    await here.watched(here.of, await deployed(here, '1.9.0'));
    const handle = await here.platform.deploy!(here.of, { artifact: first!, operation, since: here.now() });
    here.step(20);

    const before = await here.platform.previous!(here.of);

    expect([first?.label, handle]).toEqual(['1.7.2', first?.ref]);
    expect(before?.label).toBe('1.9.0');
  });

  it('knows nothing to go back to before the second version', async () => {
    const here = await account('checkout-api-staging');

    expect(await here.platform.previous!(here.of)).toBeUndefined();
  });
});

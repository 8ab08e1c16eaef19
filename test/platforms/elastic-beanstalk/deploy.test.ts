import { describe, expect, it } from 'vitest';
import { account, deployed, failure, statusOf } from './account.ts';

const operation = 'op_1';

/** Deploys, stops that in its first batch and watches to the end. */
async function stopped(version: string) {
  const here = await account();
  const artifact = await here.platform.resolve!(here.of, version);
  const since = here.now();
  const handle = await here.platform.deploy!(here.of, { artifact, operation, since });
  const about = { change: { kind: 'deploy' as const, artifact }, handle, since };
  here.step(30);
  await here.platform.abort!(here.of, about);
  return { here, seen: await here.watched(here.of, about) };
}

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
    here.control.outside('shop-events-prod', { policy: 'Immutable' });
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

  it('that somebody else has deployed over is a failure that says how many do not run the version', async () => {
    const here = await account();
    const artifact = await here.platform.resolve!(here.of, 'v2.32.0');
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

  it('of a bad version that is stopped ends with the instances AWS leaves on it', async () => {
    const { here, seen } = await stopped('v2.33.0-bad');

    const expected = { kind: 'wrong-version', args: { count: 2, version: 'v2.31.0' } };
    expect(seen.map((one) => one.state)).toContain('rolling-back');
    expect(seen.at(-1)).toMatchObject({ state: 'failed', version: 'v2.31.0', cause: expected });
    expect(await statusOf(here)).toMatchObject({ capacity: { healthy: 4 }, version: { label: 'v2.31.0' } });
  });

  it('of a good version that is stopped goes all the way back', async () => {
    const { seen } = await stopped('v2.32.0');

    expect(seen.at(-1)).toMatchObject({ state: 'rolled-back', version: 'v2.31.0', updated: 0 });
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

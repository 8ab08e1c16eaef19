// Changes as AWS tells of them: which update is whose, and when one is over.
import { describe, expect, it } from 'vitest';
import type { Artifact } from '../../../src/core/ports.ts';
import {
  basic,
  element,
  elements,
  environments,
  error,
  events,
  instances,
  list,
  now,
  onWire,
  target,
  usual,
} from './wire.ts';

const v2: Artifact = { label: 'v2', ref: 'v2' };
const change = { kind: 'deploy' as const, artifact: v2 };

function version(index: number): string {
  return elements({ VersionLabel: `v${index}`, DateCreated: new Date(now + index * 1000).toISOString() });
}

function page(from: number): string[] {
  return Array.from({ length: 15 }, (_, index) => version(from + index));
}

describe('an update whose events do not name the version', () => {
  const starting: [number, string] = [0, 'Environment update is starting.'];
  const deploying: [number, string] = [4, 'Deploying new version to instance(s).'];

  it('is found again by what it does', async () => {
    const { platform, asked } = onWire({
      ...usual,
      DescribeEnvironments: environments({ Status: 'Updating', HealthStatus: 'Info' }),
      DescribeEvents: events(deploying, starting),
    });

    const handle = await platform.deploy!(target, { artifact: v2, operation: 'op_1', since: now });

    expect(handle).toBe('v2');
    expect(asked('UpdateEnvironment')).toEqual([]);
  });

  it('is found again by the label the environment is getting', async () => {
    const { platform, asked } = onWire({
      ...usual,
      DescribeEnvironments: environments({ Status: 'Updating', HealthStatus: 'Info', VersionLabel: 'v2' }),
    });

    const handle = await platform.deploy!(target, { artifact: v2, operation: 'op_1', since: now });

    expect(handle).toBe('v2');
    expect(asked('UpdateEnvironment')).toEqual([]);
  });

  it('is somebody else’s when it began before the operation was claimed', async () => {
    const { platform, asked } = onWire({
      ...usual,
      DescribeEvents: events([-40, 'Failed to deploy application.'], [-60, deploying[1]], [-64, starting[1]]),
      UpdateEnvironment: elements({}),
    });

    await platform.deploy!(target, { artifact: v2, operation: 'op_1', since: now });

    expect(asked('UpdateEnvironment').map((form) => form.get('VersionLabel'))).toEqual(['v2']);
  });

  it('is somebody else’s, and waited for, when it began before and still runs', async () => {
    const { platform, asked } = onWire({
      ...usual,
      DescribeEnvironments: environments({ Status: 'Updating', HealthStatus: 'Info' }),
      DescribeEvents: events([-60, deploying[1]], [-64, starting[1]]),
    });

    const busy = platform.deploy!(target, { artifact: v2, operation: 'op_1', since: now });

    await expect(busy).rejects.toMatchObject({ reason: 'busy', retryable: true, unsure: false });
    expect(asked('UpdateEnvironment')).toEqual([]);
  });

  it('that only changes the configuration is not a deployment', async () => {
    const { platform, asked } = onWire({
      ...usual,
      DescribeEvents: events(
        [30, 'Environment update completed successfully.'],
        [4, 'Updating environment blog-prod&apos;s configuration settings.'],
        starting,
      ),
      UpdateEnvironment: elements({}),
    });

    await platform.deploy!(target, { artifact: v2, operation: 'op_1', since: now });

    expect(asked('UpdateEnvironment')).toHaveLength(1);
  });

  it('and was aborted is rolled back once the old version is well again', async () => {
    const answers = { ...usual, DescribeEvents: events(deploying, starting) };
    const about = { change, handle: 'v2', since: now };
    const aborting = onWire({ ...answers, DescribeEnvironments: environments({ Status: 'Aborting' }) });
    const during = await aborting.platform.progress!(target, about);

    const after = onWire(answers);
    const progress = await after.platform.progress!(target, about);

    expect(during.state).toBe('rolling-back');
    expect(progress).toMatchObject({ state: 'rolled-back', version: 'v1', updated: 0 });
  });
});

describe('a deployment', () => {
  it('is not done while an instance is not on the version', async () => {
    const { platform } = onWire({
      ...usual,
      DescribeEnvironments: environments({ HealthStatus: 'Ok', VersionLabel: 'v2' }),
      DescribeInstancesHealth: instances(['v2', 'Ok', 'Deployed'], ['v1', 'Ok', 'Deployed']),
    });

    const progress = await platform.progress!(target, { change, handle: 'v2', since: now });

    expect(progress).toMatchObject({ state: 'running', updated: 1 });
  });

  it('is not done while the environment is not well', async () => {
    const { platform } = onWire({
      ...usual,
      DescribeEnvironments: environments({ HealthStatus: 'Warning', VersionLabel: 'v2' }),
      DescribeInstancesHealth: instances(['v2', 'Ok', 'Deployed'], ['v2', 'Warning', 'Deployed']),
    });

    const progress = await platform.progress!(target, { change, handle: 'v2', since: now });

    expect(progress).toMatchObject({ state: 'running', updated: 2, cause: { kind: 'instances-unhealthy' } });
  });

  it('under basic health goes to its end without knowing what each instance runs', async () => {
    const { platform } = onWire({
      ...usual,
      ...basic,
      DescribeEnvironments: environments({ VersionLabel: 'v2' }),
      DescribeEvents: events(
        [40, 'Environment update completed successfully.'],
        [0, 'Environment update is starting.'],
      ),
    });

    const progress = await platform.progress!(target, { change, handle: 'v2', since: now });

    expect(progress.state).toBe('done');
  });

  it('under basic health is not taken for rolled back when it failed and nobody knows what runs', async () => {
    const { platform } = onWire({
      ...usual,
      ...basic,
      DescribeEvents: events([40, 'Failed to deploy application.'], [0, 'Environment update is starting.']),
    });

    const progress = await platform.progress!(target, { change, handle: 'v2', since: now });

    expect(progress).toMatchObject({ state: 'failed', cause: { kind: 'update-failed' } });
  });
});

describe('abort', () => {
  it('that comes between the look and the end is refused, not an error', async () => {
    const words = 'Environment named blog-prod is in an invalid state for this operation. Must be pending deployment.';
    const { platform } = onWire({
      ...usual,
      DescribeEnvironments: environments({ Status: 'Updating', AbortableOperationInProgress: 'true' }),
      AbortEnvironmentUpdate: error('InvalidParameterValue', words),
    });

    const refused = platform.abort!(target, { change, handle: 'v2', since: now });

    await expect(refused).rejects.toMatchObject({ name: 'Refusal', reason: { say: 'refuse.over' } });
  });
});

describe('versions of an application', () => {
  it('that has none are said to have no nearest one', async () => {
    const { platform } = onWire({ DescribeApplicationVersions: list('ApplicationVersions', []) });

    const refused = platform.resolve!(target, 'latest');

    await expect(refused).rejects.toMatchObject({
      reason: { say: 'refuse.version.unknown', with: { version: { code: 'latest' }, nearest: 'none' } },
    });
  });

  it('are read page by page, at most twenty of them, newest first', async () => {
    const { platform } = onWire({
      ...usual,
      DescribeApplicationVersions: (form) =>
        form.get('NextToken') === 'more'
          ? list('ApplicationVersions', page(16))
          : list('ApplicationVersions', page(1)) + element('NextToken', 'more'),
    });

    const versions = await platform.versions!(target);

    expect(versions).toHaveLength(20);
    expect(versions[0]?.label).toBe('v30');
    expect(versions.find((one) => one.state === 'current')).toBeUndefined();
  });
});

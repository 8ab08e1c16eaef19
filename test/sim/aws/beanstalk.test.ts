import {
  AbortEnvironmentUpdateCommand,
  DescribeApplicationVersionsCommand,
  DescribeConfigurationSettingsCommand,
  DescribeEnvironmentHealthCommand,
  DescribeEnvironmentsCommand,
  DescribeEventsCommand,
  DescribeInstancesHealthCommand,
  ListTagsForResourceCommand,
  UpdateEnvironmentCommand,
  type EnvironmentDescription,
} from '@aws-sdk/client-elastic-beanstalk';
import { describe, expect, it } from 'vitest';
import { account, start, type Account } from './account.ts';

const web = { EnvironmentName: 'shop-web-prod' };

async function environment(on: Account, name = 'shop-web-prod'): Promise<EnvironmentDescription> {
  const { Environments } = await on.beanstalk.send(new DescribeEnvironmentsCommand({ EnvironmentNames: [name] }));
  const found = Environments?.[0];
  if (!found) throw new Error(`no environment ${name}`);
  return found;
}

async function said(on: Account, name = 'shop-web-prod'): Promise<string[]> {
  const asked = { EnvironmentName: name, StartTime: new Date(start) };
  const { Events = [] } = await on.beanstalk.send(new DescribeEventsCommand(asked));
  return Events.map((event) => event.Message ?? '').toReversed();
}

async function instances(on: Account): Promise<(string | undefined)[]> {
  const asked = { ...web, AttributeNames: ['All' as const] };
  const { InstanceHealthList = [] } = await on.beanstalk.send(new DescribeInstancesHealthCommand(asked));
  return InstanceHealthList.map((one) => one.Deployment?.VersionLabel);
}

async function health(on: Account) {
  return on.beanstalk.send(new DescribeEnvironmentHealthCommand({ ...web, AttributeNames: ['All'] }));
}

const update = (on: Account, change: object) => on.beanstalk.send(new UpdateEnvironmentCommand({ ...web, ...change }));

function option(OptionName: string, value: number | string) {
  return { Namespace: 'aws:autoscaling:asg', OptionName, Value: String(value) };
}

function sizes(min: number | string, max: number | string) {
  return { OptionSettings: [option('MinSize', min), option('MaxSize', max)] };
}

async function range(on: Account): Promise<unknown[]> {
  const asked = { ApplicationName: 'shop-web', ...web };
  const { ConfigurationSettings = [] } = await on.beanstalk.send(new DescribeConfigurationSettingsCommand(asked));
  const value = (settings: (typeof ConfigurationSettings)[number], name: string) =>
    settings.OptionSettings?.find((one) => one.OptionName === name)?.Value;
  return ConfigurationSettings.map((one) => [one.DeploymentStatus, value(one, 'MinSize'), value(one, 'MaxSize')]);
}

describe('a rolling deployment', () => {
  it('goes batch by batch and is Ready and Ok on the new version at the end', async () => {
    const on = await account();

    const answer = await update(on, { VersionLabel: 'v2.32.0' });
    on.step(100);
    const middle = await environment(on);
    const mixed = await instances(on);
    const { Causes, HealthStatus } = await health(on);
    on.step(140);
    const done = await environment(on);

    expect([answer.Status, answer.VersionLabel]).toEqual(['Updating', 'v2.32.0']);
    expect([middle.Status, middle.VersionLabel]).toEqual(['Updating', 'v2.31.0']);
    expect(middle.AbortableOperationInProgress).toBe(true);
    expect(mixed.filter((label) => label === 'v2.32.0')).toHaveLength(2);
    expect([HealthStatus, Causes?.[0]]).toEqual([
      'Info',
      expect.stringMatching(/^Application update in progress on 2/),
    ]);
    expect([done.Status, done.VersionLabel, done.HealthStatus]).toEqual(['Ready', 'v2.32.0', 'Ok']);
    const told = await said(on);
    expect(told[0]).toBe('Environment update is starting.');
    expect(told).toContainEqual(
      expect.stringMatching(/^Batch 3: Starting application deployment on instance\(s\) \[i-/),
    );
    expect(told).toContain('New application version was deployed to running EC2 instances.');
    expect(told).toContain('Environment update completed successfully.');
  });

  it('of a bad version stops at the first batch and leaves two versions running', async () => {
    const on = await account();

    await update(on, { VersionLabel: 'v2.33.0-bad' });
    on.step(200);
    const failed = await environment(on);

    expect([failed.Status, failed.HealthStatus, failed.Health]).toEqual(['Ready', 'Degraded', 'Red']);
    expect(failed.VersionLabel).toBe('v2.31.0');
    expect((await instances(on)).filter((label) => label === 'v2.33.0-bad')).toHaveLength(2);
    const { Causes, InstancesHealth } = await health(on);
    expect(Causes?.[0]).toMatch(
      'Incorrect application version found on 2 out of 6 instances. Expected version "v2.31.0"',
    );
    expect(InstancesHealth).toMatchObject({ Ok: 4, Severe: 2 });
    expect(await said(on)).toContain('Failed to deploy application.');
    expect(await said(on)).not.toContain('Environment update completed successfully.');

    await update(on, { VersionLabel: 'v2.31.0' });
    on.step(400);

    expect(await environment(on)).toMatchObject({ Status: 'Ready', HealthStatus: 'Ok', VersionLabel: 'v2.31.0' });
    expect(new Set(await instances(on))).toEqual(new Set(['v2.31.0']));
  });

  it('that is aborted goes back to the version before', async () => {
    const on = await account();
    const abort = () => on.beanstalk.send(new AbortEnvironmentUpdateCommand(web));

    await update(on, { VersionLabel: 'v2.32.0' });
    on.step(100);
    await abort();
    const stopping = await environment(on);
    on.step(200);

    expect(stopping.Status).toBe('Aborting');
    expect(await environment(on)).toMatchObject({ Status: 'Ready', HealthStatus: 'Ok', VersionLabel: 'v2.31.0' });
    expect(new Set(await instances(on))).toEqual(new Set(['v2.31.0']));
    await expect(abort()).rejects.toMatchObject({ name: 'InvalidParameterValue' });
  });
});

describe('other deployments', () => {
  it('an immutable one replaces every instance, or none when the version is bad', async () => {
    const on = await account();
    on.control.outside('shop-events-prod', { policy: 'Immutable' });
    on.control.addVersion('shop-events', 'v0.4.1', { bad: true });
    const events = { EnvironmentName: 'shop-events-prod' };

    await on.beanstalk.send(new UpdateEnvironmentCommand({ ...events, VersionLabel: 'v0.4.0' }));
    on.step(400);
    const good = await environment(on, 'shop-events-prod');
    await on.beanstalk.send(new UpdateEnvironmentCommand({ ...events, VersionLabel: 'v0.4.1' }));
    on.step(400);
    const bad = await environment(on, 'shop-events-prod');

    expect(good).toMatchObject({ VersionLabel: 'v0.4.0', HealthStatus: 'Ok', Status: 'Ready' });
    expect(bad).toMatchObject({ VersionLabel: 'v0.4.0', HealthStatus: 'Ok', Status: 'Ready' });
    expect(await said(on, 'shop-events-prod')).toContain('Failed to deploy application.');
  });

  it('all at once on a single instance takes it down while it lasts', async () => {
    const on = await account();
    const admin = { EnvironmentName: 'admin-web-prod' };

    await on.beanstalk.send(new UpdateEnvironmentCommand({ ...admin, VersionLabel: 'v1.18.0' }));
    on.step(30);
    const during = await environment(on, 'admin-web-prod');
    on.step(60);

    expect(during).toMatchObject({ Status: 'Updating', AbortableOperationInProgress: false });
    expect(await environment(on, 'admin-web-prod')).toMatchObject({ Status: 'Ready', VersionLabel: 'v1.18.0' });
  });
});

describe('new sizes', () => {
  it('are pending until the instances are there', async () => {
    const on = await account();

    await update(on, sizes(8, 12));
    const asked = await range(on);
    on.step(40);
    const launching = await health(on);
    on.step(60);

    expect(asked).toEqual([
      ['deployed', '4', '12'],
      ['pending', '8', '12'],
    ]);
    expect(launching.InstancesHealth).toMatchObject({ Ok: 6, Pending: 2 });
    expect(await range(on)).toEqual([['deployed', '8', '12']]);
    expect((await health(on)).InstancesHealth).toMatchObject({ Ok: 8, Pending: 0 });
    expect((await environment(on)).Status).toBe('Ready');
    expect(await said(on)).toContain("Updating environment shop-web-prod's configuration settings.");
  });

  it('below the present number take instances away', async () => {
    const on = await account();

    await update(on, sizes(1, 3));
    on.step(60);

    expect(await instances(on)).toHaveLength(3);
    expect(await said(on)).toContainEqual(
      expect.stringMatching(/^Removed instances \[i-.*\] from your environment\.$/),
    );
  });
});

describe('UpdateEnvironment', () => {
  it.each([
    ['an unknown version', { VersionLabel: 'v9' }, "No Application Version named 'v9' found."],
    ['a version that was not processed', { VersionLabel: 'v2.31.1-rc1' }, 'invalid state'],
    ['a minimum above the maximum', sizes(9, 3), 'MinSize'],
    ['a size that is no number', sizes('x', 3), 'not a valid number'],
  ])('refuses %s and changes nothing', async (_name, change, reason) => {
    const on = await account();

    await expect(update(on, change)).rejects.toMatchObject({
      name: 'InvalidParameterValue',
      message: expect.stringContaining(reason),
    });
    expect((await environment(on)).Status).toBe('Ready');
  });

  it('refuses a version together with settings', async () => {
    const on = await account();

    const both = update(on, { VersionLabel: 'v2.32.0', ...sizes(4, 6) });

    await expect(both).rejects.toMatchObject({ name: 'InvalidParameterCombination' });
  });

  it('is refused while an update is on its way', async () => {
    const on = await account();
    await update(on, { VersionLabel: 'v2.32.0' });

    await expect(update(on, sizes(5, 9))).rejects.toThrow(
      'Environment named shop-web-prod is in an invalid state for this operation. Must be Ready.',
    );
  });
});

describe('reading', () => {
  it('lists environments at once or in pages, and versions newest first', async () => {
    const on = await account();

    const all = await on.beanstalk.send(new DescribeEnvironmentsCommand({}));
    const one = await on.beanstalk.send(new DescribeEnvironmentsCommand({ MaxRecords: 1 }));
    const versions = await on.beanstalk.send(new DescribeApplicationVersionsCommand({ ApplicationName: 'shop-web' }));

    expect(all.Environments).toHaveLength(4);
    expect(one.Environments).toHaveLength(1);
    expect(one.NextToken).toBeDefined();
    expect(versions.ApplicationVersions?.map((version) => version.VersionLabel)).toEqual([
      'v2.33.0-bad',
      'v2.32.0',
      'v2.31.1-rc1',
      'v2.31.0',
      'v2.30.4',
      'v2.29.1',
    ]);
  });

  it('answers health with nothing but the name unless attributes are asked for', async () => {
    const on = await account();

    const { $metadata: _metadata, ...bare } = await on.beanstalk.send(new DescribeEnvironmentHealthCommand(web));

    expect(bare).toEqual({ EnvironmentName: 'shop-web-prod' });
  });

  it('tags environments with their stage, and narrows events by severity and version', async () => {
    const on = await account();
    const { EnvironmentArn } = await environment(on);
    await update(on, { VersionLabel: 'v2.33.0-bad' });
    on.step(200);

    const tags = await on.beanstalk.send(new ListTagsForResourceCommand({ ResourceArn: EnvironmentArn }));
    const asked = { ...web, Severity: 'ERROR' as const, VersionLabel: 'v2.33.0-bad' };
    const { Events = [] } = await on.beanstalk.send(new DescribeEventsCommand(asked));

    expect(tags.ResourceTags).toContainEqual({ Key: 'stage', Value: 'prod' });
    expect(Events.length).toBeGreaterThan(2);
    expect(new Set(Events.map((event) => event.Severity))).toEqual(new Set(['ERROR']));
    expect(new Set(Events.map((event) => event.RequestId)).size).toBe(1);
  });
});

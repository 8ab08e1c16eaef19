import { describe, expect, it } from 'vitest';
import { ecs } from '../../src/platforms/ecs.ts';
import { elasticBeanstalk } from '../../src/platforms/elastic-beanstalk.ts';
import { sessionNames } from '../../src/platforms/sessions.ts';
import { simulated } from './simulated.ts';

const arn = 'arn:aws:iam::111122223333:role/opsjack-write';
const since = Date.parse('2026-11-23T11:32:00Z');
const writeRole = { arn, externalId: 'acme' };

const withRole = () => simulated((options) => ecs({ ...options, writeRole }));

describe('a change with a role for changes', () => {
  it('is made in a session that names the operation and who asked for it; looking is not', async () => {
    const here = await withRole();
    const target = await here.target('api-prod');
    const about = { operation: 'plan_1', by: 'U0ALICE', since };

    const artifact = await here.platform.resolve!(target, '1.9.0');
    await here.platform.deploy!(target, { ...about, artifact });

    const [assumed, ...more] = here.calls('AssumeRole');
    expect(more).toEqual([]);
    expect(assumed?.params).toMatchObject({
      RoleArn: arn,
      RoleSessionName: 'plan_1',
      SourceIdentity: 'U0ALICE',
      ExternalId: 'acme',
      DurationSeconds: '900',
    });
    const session = 'arn:aws:sts::111122223333:assumed-role/opsjack-write/plan_1';
    const writers = here.calls('RegisterTaskDefinition', 'UpdateService').map(({ caller }) => caller);
    expect(writers).toEqual([session, session]);
    const readers = here.calls('DescribeServices', 'DescribeTaskDefinition').map(({ caller }) => caller);
    expect(new Set(readers)).toEqual(new Set(['arn:aws:sts::111122223333:assumed-role/opsjack/simulation']));
  });

  it('has one session an operation and person, for all its calls and services, and another for the next', async () => {
    const here = await withRole();
    const target = await here.target('api-prod');
    const scale = (operation: string, by: string, min: number) =>
      here.platform.scale!(target, { operation, by, since, sizes: { min, max: 9 } });

    await scale('plan_1', 'U1', 3);
    await scale('plan_1', 'U1', 4);
    await scale('plan_1', 'U2', 5);
    await scale('plan_2', 'U1', 6);

    const sessions = here
      .calls('AssumeRole')
      .map(({ params }) => [params['RoleSessionName'], params['SourceIdentity']]);
    expect(sessions).toEqual([
      ['plan_1', 'U1'],
      ['plan_1', 'U2'],
      ['plan_2', 'U1'],
    ]);
  });

  it('asks for another session before one ends', async () => {
    const here = await withRole();
    const target = await here.target('api-prod');
    const scale = (min: number) =>
      here.platform.scale!(target, { operation: 'plan_1', by: 'U1', since, sizes: { min, max: 9 } });

    await scale(3);
    here.step(9 * 60);
    await scale(4);
    here.step(2 * 60);
    await scale(5);

    expect(here.calls('AssumeRole')).toHaveLength(2);
    expect(here.calls('RegisterScalableTarget')).toHaveLength(3);
  });

  it('is not made, and surely so, where there is no session', async () => {
    const here = await withRole();
    const target = await here.target('api-prod');
    here.control.fault({ operation: 'AssumeRole', kind: 'deny', times: 1 });

    const change = { operation: 'plan_1', by: 'U1', since, sizes: { min: 3, max: 9 } };
    const error = here.platform.scale!(target, change);

    await expect(error).rejects.toMatchObject({ operation: 'AssumeRole', reason: 'denied', unsure: false });
    expect(here.calls('RegisterScalableTarget')).toEqual([]);
    await here.platform.scale!(target, change);
    expect(here.calls('RegisterScalableTarget')).toHaveLength(1);
  });

  it('holds for Beanstalk, too', async () => {
    const here = await simulated((options) => elasticBeanstalk({ ...options, writeRole }));
    const target = await here.target('shop-web-prod');

    await here.platform.scale!(target, { operation: 'plan_1', by: 'U1', since, sizes: { min: 3, max: 9 } });

    expect(here.calls('UpdateEnvironment')[0]?.caller).toMatch(/assumed-role\/opsjack-write\/plan_1$/u);
  });
});

describe('without such a role', () => {
  it('changes are made with the credentials of the process, and still tell their calls', async () => {
    const here = await simulated((options) => ecs(options));
    const target = await here.target('api-prod');
    const calls: string[] = [];
    const change = { operation: 'plan_1', by: 'U1', since, called: (call: string) => void calls.push(call) };

    await here.platform.scale!(target, { ...change, sizes: { min: 3, max: 9 } });
    here.control.fault({ operation: 'RegisterScalableTarget', kind: 'deny', times: 1 });
    await here.platform.scale!(target, { ...change, sizes: { min: 4, max: 9 } }).catch(() => undefined);

    expect(here.calls('AssumeRole')).toEqual([]);
    expect(calls).toEqual([
      expect.stringMatching(/^RegisterScalableTarget [0-9a-f-]{36}$/u),
      expect.stringMatching(/^RegisterScalableTarget [0-9a-f-]{36} AccessDeniedException$/u),
    ]);
  });
});

describe('the names of a session', () => {
  it.each([
    [{ operation: 'plan_ab12', by: 'U0ALICE' }, 'plan_ab12', 'U0ALICE'],
    [{ operation: 'plan 1/é', by: 'local:jo doe' }, 'plan-1--', 'local-jo-doe'],
    [{ operation: 'x'.repeat(80), by: 'U' }, 'x'.repeat(64), 'U-'],
    [{}, 'opsjack', 'opsjack'],
  ])('are what STS takes: %j', (given, name, identity) => {
    expect(sessionNames(given)).toEqual({ RoleSessionName: name, SourceIdentity: identity });
  });
});

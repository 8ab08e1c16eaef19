// New numbers of a service, on a simulated account.
import { describe, expect, it } from 'vitest';
import { Refusal } from '../../../src/core/errors.ts';
import { account, failure, operation, statusOf } from './account.ts';

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

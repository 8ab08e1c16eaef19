// The state of a service, on a simulated account.
import { describe, expect, it } from 'vitest';
import { account, asked, deployed, operation, statusOf } from './account.ts';

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

  it('has its own tags told with one call', async () => {
    const here = await account('catalog-api-prod');

    const tags = await here.platform.tags!(here.of);

    expect(tags).toMatchObject({ stage: 'prod', team: 'shop', 'aws:cloudformation:stack-name': 'shop-catalog' });
    expect(asked(here)).toEqual(['DescribeServices']);
  });
});

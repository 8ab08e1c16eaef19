// What else moves the numbers of a service, as plans warn of it.
import { expect, it } from 'vitest';
import { account, asked } from './account.ts';

it('are its schedules with when they run next, its policies, the quota and the stack it belongs to', async () => {
  const here = await account('catalog-api-prod');

  const found = await here.platform.influences!(here.of);

  expect(found).toEqual([
    {
      kind: 'schedule',
      name: 'evening-peak',
      when: 'cron(0 18 * * ? *) Asia/Seoul',
      at: Date.parse('2026-11-24T09:00:00Z'),
      sizes: { min: 6, max: 12 },
    },
    { kind: 'policy', name: 'catalog-api-prod-cpu', metric: 'ECSServiceAverageCPUUtilization', value: 60 },
    { kind: 'quota', name: 'Fargate On-Demand vCPU resource count', limit: 48, each: 0.5, used: expect.any(Number) },
    { kind: 'stack', name: 'shop-catalog' },
  ]);
});

it('of a service nothing scales are the quota and its owner', async () => {
  const here = await account('mail-worker-prod');

  expect((await here.platform.influences!(here.of)).map((one) => one.kind)).toEqual(['quota', 'terraform']);
  expect(asked(here).toSorted()).toEqual([
    'DescribeScalableTargets',
    'DescribeServices',
    'DescribeTaskDefinition',
    'GetMetricData',
    'GetServiceQuota',
  ]);
});

it.each([
  { operation: 'DescribeScheduledActions', left: ['policy', 'quota', 'stack'] },
  { operation: 'DescribeScalingPolicies', left: ['schedule', 'quota', 'stack'] },
  { operation: 'DescribeScalableTargets', left: ['quota', 'stack'] },
  { operation: 'GetServiceQuota', left: ['schedule', 'policy', 'stack'] },
  { operation: 'DescribeServices', left: ['schedule', 'policy'] },
])('without an answer to $operation are those that can be told', async ({ operation, left }) => {
  const here = await account('catalog-api-prod');
  here.control.fault({ kind: 'deny', operation });

  expect((await here.platform.influences!(here.of)).map((one) => one.kind)).toEqual(left);
});

it('leave out what is suspended', async () => {
  const here = await account('catalog-api-prod');
  here.control.outside('catalog-api-prod', { suspended: true });

  expect((await here.platform.influences!(here.of)).map((one) => one.kind)).toEqual(['quota', 'stack']);
});

import {
  DescribeAlarmsCommand,
  GetMetricDataCommand,
  ListMetricsCommand,
  type MetricDataQuery,
} from '@aws-sdk/client-cloudwatch';
import { RegisterScalableTargetCommand } from '@aws-sdk/client-application-auto-scaling';
import { describe, expect, it } from 'vitest';
import { account, deploy, dimensions, service, type Account } from './account.ts';

const checkout = { ClusterName: 'shop', ServiceName: 'checkout-api-prod' };
const api = { ClusterName: 'shop', ServiceName: 'api-prod' };

function query(
  MetricName: string,
  Namespace: string,
  named: Record<string, string>,
  Stat = 'Average',
): MetricDataQuery {
  const Metric = { Namespace, MetricName, Dimensions: dimensions(named) };
  return { Id: 'm', MetricStat: { Metric, Period: 60, Stat } };
}

async function lastHour(on: Account, asked: MetricDataQuery): Promise<number[]> {
  const times = { StartTime: new Date(on.now() - 3_600_000), EndTime: new Date(on.now()) };
  const input = { ...times, ScanBy: 'TimestampAscending' as const, MetricDataQueries: [asked] };
  const { MetricDataResults } = await on.cloudwatch.send(new GetMetricDataCommand(input));
  return MetricDataResults?.[0]?.Values ?? [];
}

async function balancer(on: Account, name: string): Promise<Record<string, string>> {
  const group = (await service(on, name)).loadBalancers?.[0]?.targetGroupArn?.split(':').at(-1) ?? '';
  const asked = { Namespace: 'AWS/ApplicationELB', Dimensions: [{ Name: 'TargetGroup', Value: group }] };
  const { Metrics = [] } = await on.cloudwatch.send(new ListMetricsCommand(asked));
  const LoadBalancer = Metrics[0]?.Dimensions?.find((one) => one.Name === 'LoadBalancer')?.Value ?? '';
  return { TargetGroup: group, LoadBalancer };
}

async function alarms(on: Account, AlarmNamePrefix: string) {
  const { MetricAlarms = [] } = await on.cloudwatch.send(new DescribeAlarmsCommand({ AlarmNamePrefix }));
  return MetricAlarms;
}

describe('metrics', () => {
  it('are the same whenever they are asked for', async () => {
    const on = await account();
    const other = await account();

    const [one, two] = [on, other].map((each) => lastHour(each, query('CPUUtilization', 'AWS/ECS', checkout)));

    expect(await one).toEqual(await two);
    expect(await one).toHaveLength(60);
  });

  it('show the memory of the leaking version rising until its tasks are killed', async () => {
    const on = await account();

    const memory = await lastHour(on, query('MemoryUtilization', 'AWS/ECS', checkout));

    expect(memory[30]).toBeLessThan(60);
    expect(memory.at(-1)).toBeGreaterThan(90);
  });

  it('spread the load over the tasks that run', async () => {
    const on = await account();
    const cpu = query('CPUUtilization', 'AWS/ECS', api);
    const before = (await lastHour(on, cpu)).at(-1) ?? 0;

    const target = { ServiceNamespace: 'ecs', ScalableDimension: 'ecs:service:DesiredCount' } as const;
    const more = { ...target, ResourceId: 'service/shop/api-prod', MinCapacity: 6, MaxCapacity: 6 };
    await on.scaling.send(new RegisterScalableTargetCommand(more));
    on.step(300);
    const relaxed = (await lastHour(on, cpu)).at(-1) ?? 0;
    on.control.load('api-prod', 900);
    on.step(180);
    const loaded = (await lastHour(on, cpu)).at(-1) ?? 0;

    expect(relaxed).toBeLessThan(before * 0.65);
    expect(loaded).toBe(100);
  });

  it('have no 5xx points where nothing failed, and many where tasks are missing', async () => {
    const on = await account();

    const fine = await lastHour(
      on,
      query('HTTPCode_Target_5XX_Count', 'AWS/ApplicationELB', await balancer(on, 'api-prod'), 'Sum'),
    );
    const failing = await lastHour(
      on,
      query('HTTPCode_Target_5XX_Count', 'AWS/ApplicationELB', await balancer(on, 'checkout-api-prod'), 'Sum'),
    );

    expect(fine).toEqual([]);
    expect(failing.length).toBeGreaterThan(8);
    expect(failing.length).toBeLessThan(15);
  });

  it('are empty for what nobody publishes, and expressions are refused', async () => {
    const on = await account();

    expect(await lastHour(on, query('CPUUtilization', 'AWS/ECS', { ClusterName: 'shop' }))).toEqual([]);
    expect(await lastHour(on, query('Nothing', 'AWS/Nowhere', {}))).toEqual([]);
    await expect(lastHour(on, { Id: 'e', Expression: 'a + b' })).rejects.toMatchObject({
      message: 'Metric expressions are not simulated; ask for metrics (e).',
    });
  });
});

describe('alarms', () => {
  it('are in ALARM for the service that runs out of memory, since then', async () => {
    const on = await account();

    const { MetricAlarms = [] } = await on.cloudwatch.send(new DescribeAlarmsCommand({ StateValue: 'ALARM' }));

    expect(MetricAlarms.map((alarm) => alarm.AlarmName)).toEqual(['checkout-api-prod-5xx', 'checkout-api-prod-memory']);
    const ages = MetricAlarms.map((alarm) => (on.now() - Number(alarm.StateUpdatedTimestamp)) / 60_000);
    expect(ages.every((minutes) => minutes > 7 && minutes < 13)).toBe(true);
  });

  it('go back to OK a few minutes after a version that does not leak is there', async () => {
    const on = await account();

    await deploy(on, 'checkout-api-prod', '1.42.3');
    on.step(900);

    expect((await service(on, 'checkout-api-prod')).runningCount).toBe(8);
    expect((await alarms(on, 'checkout-api-prod')).map((alarm) => alarm.StateValue)).toEqual(['OK', 'OK', 'OK', 'OK']);
  });

  it('come in pages and refuse a token nobody gave out', async () => {
    const on = await account();

    const first = await on.cloudwatch.send(new DescribeAlarmsCommand({ MaxRecords: 3 }));
    const forged = on.cloudwatch.send(new DescribeAlarmsCommand({ NextToken: '##' }));

    expect(first.MetricAlarms).toHaveLength(3);
    expect(first.NextToken).toBeDefined();
    await expect(forged).rejects.toMatchObject({ name: expect.stringContaining('InvalidNextToken') });
  });
});

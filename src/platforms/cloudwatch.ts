// Load and alarms from CloudWatch, for every platform: one GetMetricData a target.
import type * as CloudWatch from '@aws-sdk/client-cloudwatch';
import type { Clock } from '../core/ports.ts';
import { read } from './aws-errors.ts';
import { perRegion, reading } from './clients.ts';

export type Query = {
  id: string;
  namespace: string;
  metric: string;
  dimensions: Readonly<Record<string, string>>;
  stat: string;
};
/** Five-minute points, oldest first. */
export type Series = { times: number[]; values: number[] };

export const period = 5 * 60_000;
const span = 60 * 60_000;

const clients = perRegion((region) => {
  let made: Promise<{ client: CloudWatch.CloudWatchClient; sdk: typeof CloudWatch }> | undefined;
  return () => {
    made ??= import('@aws-sdk/client-cloudwatch').then((sdk) => ({
      client: new sdk.CloudWatchClient(reading(region)),
      sdk,
    }));
    return made;
  };
});

/** The last hour of each query by id; a query without data has no entry. https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_GetMetricData.html */
export async function lastHour(
  platform: string,
  clock: Clock,
  region: string,
  queries: readonly Query[],
): Promise<Map<string, Series>> {
  const { client, sdk } = await clients(region)();
  const end = new Date(Math.ceil(clock.now() / 60_000) * 60_000);
  const { MetricDataResults = [] } = await read(
    platform,
    'GetMetricData',
    client.send(
      new sdk.GetMetricDataCommand({
        StartTime: new Date(end.getTime() - span),
        EndTime: end,
        ScanBy: 'TimestampAscending',
        MetricDataQueries: queries.map((query) => ({
          Id: query.id,
          MetricStat: {
            Metric: {
              Namespace: query.namespace,
              MetricName: query.metric,
              Dimensions: Object.entries(query.dimensions).map(([Name, Value]) => ({ Name, Value })),
            },
            Period: period / 1000,
            Stat: query.stat,
          },
        })),
      }),
    ),
  );
  return new Map(
    MetricDataResults.flatMap(({ Id, Timestamps = [], Values = [] }) =>
      Id && Values.length > 0
        ? [[Id, { times: Timestamps.map((time) => time.getTime()), values: Values }] as const]
        : [],
    ),
  );
}

/** Alarms in ALARM that any of the dimension values concern, newest first. */
export async function alarms(
  platform: string,
  region: string,
  about: readonly string[],
): Promise<{ name: string; since?: number }[]> {
  const { client, sdk } = await clients(region)();
  const found: CloudWatch.MetricAlarm[] = [];
  let NextToken: string | undefined;
  do {
    const page = await read(
      platform,
      'DescribeAlarms',
      client.send(new sdk.DescribeAlarmsCommand({ StateValue: 'ALARM', MaxRecords: 100, NextToken })),
    );
    found.push(...(page.MetricAlarms ?? []));
    NextToken = page.NextToken;
  } while (NextToken);
  return found
    .filter((alarm) => alarm.Dimensions?.some((dimension) => about.includes(dimension.Value ?? '')))
    .toSorted((a, b) => (b.StateUpdatedTimestamp?.getTime() ?? 0) - (a.StateUpdatedTimestamp?.getTime() ?? 0))
    .map((alarm) => ({
      name: alarm.AlarmName ?? '',
      ...(alarm.StateUpdatedTimestamp ? { since: alarm.StateUpdatedTimestamp.getTime() } : {}),
    }));
}

/** The newest whole value of a series; nothing where there is none. */
export const latest = (series: Series | undefined): number | undefined => series?.values.at(-1);

/** Values at the times of the first series given that has any, gaps filled with the value before. */
export function aligned(all: readonly (Series | undefined)[]): { times: number[]; values: number[][] } {
  const times = [...new Set(all.flatMap((series) => series?.times ?? []))].toSorted((a, b) => a - b).slice(-12);
  const values = all.map((series) => {
    if (!series) return [];
    let last = series.values[0] ?? 0;
    return times.map((time) => {
      const at = series.times.indexOf(time);
      if (at >= 0) last = series.values[at]!;
      return last;
    });
  });
  return { times, values };
}

/** The load balancer in front of a target group, as its metrics name it; nothing where there are none yet. */
export async function loadBalancerOf(platform: string, region: string, group: string): Promise<string | undefined> {
  const { client, sdk } = await clients(region)();
  const { Metrics = [] } = await read(
    platform,
    'ListMetrics',
    client.send(
      new sdk.ListMetricsCommand({
        Namespace: 'AWS/ApplicationELB',
        MetricName: 'RequestCount',
        Dimensions: [{ Name: 'TargetGroup', Value: group }],
      }),
    ),
  );
  const balancer = Metrics.flatMap((metric) => metric.Dimensions ?? []).find(
    (one) => one.Name === 'LoadBalancer',
  )?.Value;
  return balancer ? { balancer } : {};
}

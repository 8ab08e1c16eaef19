// Load and alarms from CloudWatch, for every platform: one GetMetricData a target.
import type { MetricAlarm } from '@aws-sdk/client-cloudwatch';
import type { Clock } from '../core/ports.ts';
import { clients, type Clients } from './clients.ts';

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

const made = new Map<string, Clients>();

/** Named for the platform that asks, so that its errors are. */
function client(platform: string, region: string) {
  const known = made.get(platform) ?? clients(platform);
  made.set(platform, known);
  return known.cloudWatch(region);
}

/** The last hour of each query by id; a query without data has no entry. https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_GetMetricData.html */
export async function lastHour(
  platform: string,
  clock: Clock,
  region: string,
  queries: readonly Query[],
): Promise<Map<string, Series>> {
  const cloudWatch = await client(platform, region);
  const end = new Date(Math.ceil(clock.now() / 60_000) * 60_000);
  const { MetricDataResults = [] } = await cloudWatch.getMetricData({
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
  });
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
  const cloudWatch = await client(platform, region);
  const found: MetricAlarm[] = [];
  let NextToken: string | undefined;
  do {
    const page = await cloudWatch.describeAlarms({ StateValue: 'ALARM', MaxRecords: 100, NextToken });
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
  const cloudWatch = await client(platform, region);
  const { Metrics = [] } = await cloudWatch.listMetrics({
    Namespace: 'AWS/ApplicationELB',
    MetricName: 'RequestCount',
    Dimensions: [{ Name: 'TargetGroup', Value: group }],
  });
  return Metrics.flatMap((metric) => metric.Dimensions ?? []).find((one) => one.Name === 'LoadBalancer')?.Value;
}

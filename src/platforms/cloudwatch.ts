// Load and alarms from CloudWatch, for every platform: one GetMetricData a target, one look at the alarms a region.
import type { MetricAlarm } from '@aws-sdk/client-cloudwatch';
import type { Clock } from '../core/ports.ts';
import { batched } from './batching.ts';
import type { Clients } from './clients.ts';

export type Query = {
  id: string;
  namespace: string;
  metric: string;
  dimensions: Readonly<Record<string, string>>;
  stat: string;
};
/** Five-minute points, oldest first. */
export type Series = { times: number[]; values: number[] };
export type Watch = ReturnType<typeof cloudWatch>;

export const period = 5 * 60_000;
const span = 60 * 60_000;

/** What CloudWatch knows. What it throws is a PlatformError. */
export function cloudWatch(made: Clients, clock: Clock) {
  const ringing = batched<string, MetricAlarm[]>({
    group: (region) => region,
    id: (region) => region,
    size: 1,
    ask: async ([region = '']) => new Map([[region, await inAlarm(made, region)]]),
  });
  return {
    /** The last hour of each query by id; a query without data has no entry. */
    lastHour: (region: string, queries: readonly Query[]) => lastHour(made, clock, region, queries),
    /** Alarms in ALARM that any of these dimension values concern, newest first. */
    async alarms(region: string, about: readonly string[]): Promise<{ name: string; since?: number }[]> {
      return (await ringing(region))
        .filter((alarm) => alarm.Dimensions?.some((dimension) => about.includes(dimension.Value ?? '')))
        .toSorted((a, b) => (b.StateUpdatedTimestamp?.getTime() ?? 0) - (a.StateUpdatedTimestamp?.getTime() ?? 0))
        .map((alarm) => ({
          name: alarm.AlarmName ?? '',
          ...(alarm.StateUpdatedTimestamp ? { since: alarm.StateUpdatedTimestamp.getTime() } : {}),
        }));
    },
    loadBalancerOf: (region: string, group: string) => loadBalancerOf(made, region, group),
  };
}

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_GetMetricData.html */
async function lastHour(
  made: Clients,
  clock: Clock,
  region: string,
  queries: readonly Query[],
): Promise<Map<string, Series>> {
  const client = await made.cloudWatch(region);
  const end = new Date(Math.floor(clock.now() / 60_000) * 60_000);
  const { MetricDataResults = [] } = await client.getMetricData({
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

async function inAlarm(made: Clients, region: string): Promise<MetricAlarm[]> {
  const client = await made.cloudWatch(region);
  const found: MetricAlarm[] = [];
  let NextToken: string | undefined;
  do {
    const page = await client.describeAlarms({ StateValue: 'ALARM', MaxRecords: 100, NextToken });
    found.push(...(page.MetricAlarms ?? []));
    NextToken = page.NextToken;
  } while (NextToken);
  return found;
}

/** The load balancer in front of a target group, as its metrics name it; nothing where there are none yet. */
async function loadBalancerOf(made: Clients, region: string, group: string): Promise<string | undefined> {
  const client = await made.cloudWatch(region);
  const { Metrics = [] } = await client.listMetrics({
    Namespace: 'AWS/ApplicationELB',
    MetricName: 'RequestCount',
    Dimensions: [{ Name: 'TargetGroup', Value: group }],
  });
  return Metrics.flatMap((metric) => metric.Dimensions ?? []).find((one) => one.Name === 'LoadBalancer')?.Value;
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

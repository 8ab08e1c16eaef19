// Load of an environment: what its health agent counts now, and CloudWatch for the last hour.
import type { Metrics, Target } from '../../core/ports.ts';
import { aligned, latest, period, type Query, type Series, type Watch } from '../cloudwatch.ts';
import type { Api } from './api.ts';
import type { Lookups } from './lookups.ts';

/**
 * CloudWatch has an environment's requests only where they were switched on
 * (https://docs.aws.amazon.com/elasticbeanstalk/latest/dg/health-enhanced-cloudwatch.html), so the current ones come from
 * its health; a member is absent where nobody has data.
 */
export async function metrics(watch: Watch, api: Api, find: Lookups, target: Target): Promise<Metrics> {
  const group = await find.autoScalingGroup(target).catch(() => undefined);
  const [now, series, ringing] = await Promise.all([
    traffic(api, target),
    watch.lastHour(target.region, queries(target, group)),
    watch.alarms(target.region, [target.name, ...(group ? [group] : [])]),
  ]);
  const cpu = latest(series.get('cpu'));
  const total = latest(series.get('requests'));
  const p99 = now.p99 ?? latest(series.get('p99'));
  const rate = now.requests ?? (total === undefined ? undefined : total / (period / 1000));
  const failing = share(series.get('failed'), series.get('requests'));
  const { times, values } = aligned([failing, series.get('cpu')]);
  const [errors = [], load = []] = values;
  const percent = now.errors ?? latest(failing);
  return {
    ...(rate === undefined ? {} : { requests: rate }),
    ...(p99 === undefined ? {} : { p99 }),
    ...(percent === undefined ? {} : { errors: percent }),
    ...(cpu === undefined ? {} : { cpu }),
    alarms: ringing,
    times,
    series: [
      { name: 'errors' as const, values: errors },
      { name: 'cpu' as const, values: load },
    ].filter((one) => one.values.length > 0),
  };
}

async function traffic(api: Api, target: Target): Promise<Pick<Metrics, 'requests' | 'p99' | 'errors'>> {
  const answer = await api.health(target.region, target.id, ['ApplicationMetrics']).catch(() => undefined);
  const { RequestCount, Duration, Latency, StatusCodes } = answer?.ApplicationMetrics ?? {};
  if (!Duration || RequestCount === undefined) return {};
  const failed = StatusCodes?.Status5xx;
  return {
    requests: RequestCount / Duration,
    ...(Latency?.P99 === undefined ? {} : { p99: Latency.P99 }),
    ...(failed === undefined || RequestCount === 0 ? {} : { errors: (failed / RequestCount) * 100 }),
  };
}

/** Percent of requests; CloudWatch has no point where none failed. */
function share(failed: Series | undefined, all: Series | undefined): Series | undefined {
  if (!all) return undefined;
  const values = all.times.map((time, index) => {
    const at = failed?.times.indexOf(time) ?? -1;
    const total = all.values[index] ?? 0;
    return at < 0 || total === 0 ? 0 : (failed!.values[at]! / total) * 100;
  });
  return { times: all.times, values };
}

function queries(target: Target, group: string | undefined): Query[] {
  const namespace = 'AWS/ElasticBeanstalk';
  const dimensions = { EnvironmentName: target.name };
  const list: Query[] = [
    { id: 'requests', namespace, metric: 'ApplicationRequestsTotal', dimensions, stat: 'Sum' },
    { id: 'failed', namespace, metric: 'ApplicationRequests5xx', dimensions, stat: 'Sum' },
    { id: 'p99', namespace, metric: 'ApplicationLatencyP99', dimensions, stat: 'Average' },
  ];
  if (!group) return list;
  const own = { AutoScalingGroupName: group };
  return [...list, { id: 'cpu', namespace: 'AWS/EC2', metric: 'CPUUtilization', dimensions: own, stat: 'Average' }];
}

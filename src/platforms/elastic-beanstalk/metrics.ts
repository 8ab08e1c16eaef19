// Load of an environment: what its health agent counts now, and CloudWatch for the last hour.
import type { Clock, Metrics, Target } from '../../core/ports.ts';
import { aligned, alarms, lastHour, latest, period, type Query } from '../cloudwatch.ts';
import { id, type Api } from './api.ts';
import type { Lookups } from './lookups.ts';

/**
 * CloudWatch has an environment's requests only where they were switched on
 * (https://docs.aws.amazon.com/elasticbeanstalk/latest/dg/health-enhanced-cloudwatch.html), so the current ones come from
 * its health; a member is absent where nobody has data.
 */
export async function metrics(api: Api, find: Lookups, clock: Clock, target: Target): Promise<Metrics> {
  const group = await find.autoScalingGroup(target).catch(() => undefined);
  const [now, series, ringing] = await Promise.all([
    requests(api, target),
    lastHour(id, clock, target.region, queries(target, group)),
    alarms(id, target.region, [target.name, ...(group ? [group] : [])]),
  ]);
  const cpu = latest(series.get('cpu'));
  const total = latest(series.get('requests'));
  const p99 = now.p99 ?? latest(series.get('p99'));
  const rate = now.requests ?? (total === undefined ? undefined : total / (period / 1000));
  const { times, values } = aligned([series.get('cpu')]);
  return {
    ...(rate === undefined ? {} : { requests: rate }),
    ...(p99 === undefined ? {} : { p99 }),
    ...(now.errors === undefined ? {} : { errors: now.errors }),
    ...(cpu === undefined ? {} : { cpu }),
    alarms: ringing,
    times,
    series: values[0]?.length ? [{ name: 'cpu', values: values[0] }] : [],
  };
}

async function requests(api: Api, target: Target): Promise<Pick<Metrics, 'requests' | 'p99' | 'errors'>> {
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

function queries(target: Target, group: string | undefined): Query[] {
  const namespace = 'AWS/ElasticBeanstalk';
  const dimensions = { EnvironmentName: target.name };
  const list: Query[] = [
    { id: 'requests', namespace, metric: 'ApplicationRequestsTotal', dimensions, stat: 'Sum' },
    { id: 'p99', namespace, metric: 'ApplicationLatencyP99', dimensions, stat: 'Average' },
  ];
  if (!group) return list;
  const own = { AutoScalingGroupName: group };
  return [...list, { id: 'cpu', namespace: 'AWS/EC2', metric: 'CPUUtilization', dimensions: own, stat: 'Average' }];
}

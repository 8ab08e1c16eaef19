// CloudWatch alarms that follow the metrics: their state is computed from the metric's own past, never stored.
import type { BeanstalkEnvironment } from './beanstalk-types.ts';
import type { EcsService } from './ecs-types.ts';
import type { AlarmKind } from './seed-types.ts';
import { seriesOf, type Metric } from './metrics.ts';
import type { World } from './world.ts';

export type Alarm = {
  name: string;
  arn: string;
  region: string;
  description: string;
  metric: Metric;
  statistic: string;
  threshold: number;
  unit: 'Percent' | 'Seconds' | 'Count' | undefined;
  createdAt: number;
};

export type AlarmState = { value: 'OK' | 'ALARM' | 'INSUFFICIENT_DATA'; since: number; reason: string };

export const evaluationPeriods = 3;
/** How far back the beginning of a state is looked for, in periods. */
const horizon = 24 * 60;

const kinds: Record<AlarmKind, { what: string; statistic: string; unit: Alarm['unit'] }> = {
  cpu: { what: 'CPU', statistic: 'Average', unit: 'Percent' },
  memory: { what: 'Memory', statistic: 'Average', unit: 'Percent' },
  '5xx': { what: 'HTTP 5xx of targets', statistic: 'Sum', unit: 'Count' },
  p99: { what: 'Response time', statistic: 'p99', unit: 'Seconds' },
};

/** The alarms of a service; `5xx` and `p99` need a load balancer. */
export function alarmsOf(world: World, service: EcsService, wanted: readonly AlarmKind[]): Alarm[] {
  return wanted.map((kind) => {
    const { metric, threshold } = watched(service, kind);
    return alarm(world, service.cluster.region, { name: `${service.name}-${kind}`, kind, metric, threshold });
  });
}

function watched(service: EcsService, kind: AlarmKind): { metric: Metric; threshold: number } {
  const { cluster, targetGroup } = service;
  if (kind === 'cpu' || kind === 'memory') {
    const name = kind === 'cpu' ? 'CPUUtilization' : 'MemoryUtilization';
    const dimensions = { ClusterName: cluster.name, ServiceName: service.name };
    return { metric: { namespace: 'AWS/ECS', name, dimensions }, threshold: kind === 'cpu' ? 85 : 90 };
  }
  const dimensions = {
    TargetGroup: targetGroup?.arn.split(':').at(-1) ?? '',
    LoadBalancer: targetGroup?.loadBalancer ?? '',
  };
  const name = kind === '5xx' ? 'HTTPCode_Target_5XX_Count' : 'TargetResponseTime';
  const threshold = kind === '5xx' ? Math.round(service.load * 60 * 0.03) : 3;
  return { metric: { namespace: 'AWS/ApplicationELB', name, dimensions }, threshold };
}

/** `<name>-health`: the environment is Degraded or Severe. */
export function environmentAlarm(world: World, environment: BeanstalkEnvironment): Alarm {
  const metric = {
    namespace: 'AWS/ElasticBeanstalk',
    name: 'EnvironmentHealth',
    dimensions: { EnvironmentName: environment.name },
  };
  const name = `${environment.name}-health`;
  const made = alarm(world, environment.region, { name, kind: 'cpu', metric, threshold: 20 });
  return { ...made, statistic: 'Maximum', unit: undefined, description: `Environment health of ${environment.name}` };
}

type Wanted = { name: string; kind: AlarmKind; metric: Metric; threshold: number };

function alarm(world: World, region: string, { name, kind, metric, threshold }: Wanted): Alarm {
  const { what, statistic, unit } = kinds[kind];
  return {
    name,
    arn: `arn:aws:cloudwatch:${region}:${world.account}:alarm:${name}`,
    region,
    description: `${what} too high`,
    metric,
    statistic,
    threshold,
    unit,
    createdAt: world.timeline.now(),
  };
}

/** The state alone, for those who sort by it: since when takes a look at a whole day. */
export function valueOfAlarm(world: World, it: Alarm): AlarmState['value'] {
  const series = seriesOf(world, it.region, it.metric);
  if (!series) return 'INSUFFICIENT_DATA';
  const last = lastMinute(world);
  const isHigh = (minute: number) => (series(last - minute * 60_000, it.statistic) ?? 0) >= it.threshold;
  return [0, 1, 2].every(isHigh) ? 'ALARM' : 'OK';
}

function lastMinute(world: World): number {
  return Math.floor(world.timeline.now() / 60_000) * 60_000 - 60_000;
}

/** The state at the last whole minute: ALARM when three minutes in a row were at or above the threshold. */
export function stateOfAlarm(world: World, it: Alarm): AlarmState {
  const last = lastMinute(world);
  const series = seriesOf(world, it.region, it.metric);
  if (!series) return { value: 'INSUFFICIENT_DATA', since: it.createdAt, reason: 'Insufficient Data' };
  const known = new Map<number, number>();
  const value = (minute: number) => {
    const at = last - minute * 60_000;
    const seen = known.get(at) ?? series(at, it.statistic) ?? 0;
    known.set(at, seen);
    return seen;
  };
  const isHigh = (minute: number) => [0, 1, 2].every((step) => value(minute + step) >= it.threshold);
  const isAlarm = isHigh(0);
  let minutes = 0;
  while (minutes < horizon && isHigh(minutes + 1) === isAlarm) minutes += 1;
  const since = minutes === horizon ? it.createdAt : last - minutes * 60_000 + 60_000;
  const points = [0, 1, 2].map((step) => value(minutes + step).toFixed(1)).join(', ');
  const compared = isAlarm ? 'were greater than or equal to' : 'were not greater than or equal to';
  const reason = `Threshold Crossed: 3 datapoints [${points}] ${compared} the threshold (${it.threshold.toFixed(1)}).`;
  return { value: isAlarm ? 'ALARM' : 'OK', since: Math.max(since, it.createdAt), reason };
}

// CloudWatch metrics of what is simulated: which target a metric is about, and its value over a period.
import { allServices } from './ecs-store.ts';
import { environmentAt, pointAt, serviceAt } from './load.ts';
import { hash } from './ids.ts';
import { fargateUsage, vcpusInUse } from './quotas.ts';
import type { World } from './world.ts';

export type Metric = { namespace: string; name: string; dimensions: Record<string, string> };
/** The value of a statistic over the minute that begins at `minute`; undefined where CloudWatch has no data point. */
export type Series = (minute: number, statistic: string) => number | undefined;

/** What an environment's Auto Scaling group is called. */
export function groupName(environment: { id: string; name: string }): string {
  return `awseb-${environment.id}-stack-AWSEBAutoScalingGroup-${hash(environment.name, 12).toUpperCase()}`;
}

/** The series of a metric, or undefined when nothing publishes it. */
export function seriesOf(world: World, region: string, metric: Metric): Series | undefined {
  const series = publisher(world, region, metric);
  // A minute shows how it was at its end, so that what happened in it is seen.
  return series && ((minute, statistic) => series(minute + 59_999, statistic));
}

function publisher(world: World, region: string, metric: Metric): Series | undefined {
  const { namespace } = metric;
  if (namespace === 'AWS/ECS' || namespace === 'ECS/ContainerInsights') return ecsSeries(world, region, metric);
  if (namespace === 'AWS/ApplicationELB') return balancerSeries(world, region, metric);
  if (namespace === 'AWS/ElasticBeanstalk') return beanstalkSeries(world, region, metric);
  if (namespace === 'AWS/Usage') return usageSeries(world, region, metric);
  return namespace === 'AWS/EC2' ? groupSeries(world, region, metric) : undefined;
}

function usageSeries(world: World, region: string, { name, dimensions }: Metric): Series | undefined {
  const isOurs = Object.entries(fargateUsage).every(([key, value]) => dimensions[key] === value);
  return name === 'ResourceCount' && isOurs ? () => vcpusInUse(world, region) : undefined;
}

function only({ dimensions }: Metric, ...names: string[]): boolean {
  return Object.keys(dimensions).length === names.length && names.every((name) => name in dimensions);
}

function ecsSeries(world: World, region: string, metric: Metric): Series | undefined {
  const { dimensions, name, namespace } = metric;
  if (!only(metric, 'ClusterName', 'ServiceName')) return undefined;
  const service = allServices(world, region).find(
    (it) => it.name === dimensions['ServiceName'] && it.cluster.name === dimensions['ClusterName'],
  );
  if (!service) return undefined;
  if (namespace === 'AWS/ECS') {
    if (name === 'CPUUtilization') return (at) => serviceAt(service, at).cpu;
    return name === 'MemoryUtilization' ? (at) => serviceAt(service, at).memory : undefined;
  }
  if (name === 'RunningTaskCount') return (at) => pointAt(service.points, at)?.running;
  return name === 'DesiredTaskCount' ? (at) => pointAt(service.points, at)?.desired : undefined;
}

function balancerSeries(world: World, region: string, metric: Metric): Series | undefined {
  if (!only(metric, 'TargetGroup', 'LoadBalancer')) return undefined;
  const { TargetGroup: group, LoadBalancer: balancer } = metric.dimensions;
  const service = allServices(world, region).find(
    ({ targetGroup }) => targetGroup?.arn.endsWith(`:${group}`) && targetGroup.loadBalancer === balancer,
  );
  if (!service) return undefined;
  return traffic(metric.name, (at) => serviceAt(service, at), {
    requests: 'RequestCount',
    failures: 'HTTPCode_Target_5XX_Count',
    time: 'TargetResponseTime',
  });
}

type Names = { requests: string; failures: string; time: string };
type Served = { rps: number; failing: number; p99?: number };

function traffic(name: string, measure: (at: number) => Served, names: Names): Series | undefined {
  if (name === names.requests) return (at) => Math.round(measure(at).rps * 60);
  if (name === names.failures) {
    // CloudWatch has no data point for a minute without such answers.
    return (at) => Math.round(measure(at).rps * measure(at).failing * 60) || undefined;
  }
  if (name !== names.time) return undefined;
  return (at, statistic) => {
    const p99 = measure(at).p99;
    if (p99 === undefined) return undefined;
    return statistic === 'Average' || statistic === 'p50' ? p99 * 0.3 : p99;
  };
}

const healthValues: Record<string, number> = { Ok: 0, Info: 1, Pending: 5, Warning: 15, Degraded: 20, Severe: 25 };

function beanstalkSeries(world: World, region: string, metric: Metric): Series | undefined {
  if (!only(metric, 'EnvironmentName')) return undefined;
  const environment = environmentNamed(world, region, metric.dimensions['EnvironmentName']);
  if (!environment) return undefined;
  const { name } = metric;
  if (name === 'EnvironmentHealth') {
    return (at) => healthValues[pointAt(environment.points, at)?.health ?? 'Ok'];
  }
  if (name === 'InstancesOk') return (at) => pointAt(environment.points, at)?.ok;
  if (name === 'ApplicationLatencyP99') return (at) => environmentAt(environment, at).p99;
  return traffic(name, (at) => environmentAt(environment, at), {
    requests: 'ApplicationRequestsTotal',
    failures: 'ApplicationRequests5xx',
    time: '',
  });
}

function environmentNamed(world: World, region: string, name: string | undefined) {
  const mine = world.applications.filter((it) => it.region === region);
  return mine.flatMap((it) => it.environments).find((it) => it.name === name);
}

function groupSeries(world: World, region: string, metric: Metric): Series | undefined {
  if (metric.name !== 'CPUUtilization' || !only(metric, 'AutoScalingGroupName')) return undefined;
  const mine = world.applications.filter((it) => it.region === region).flatMap((it) => it.environments);
  const environment = mine.find((it) => groupName(it) === metric.dimensions['AutoScalingGroupName']);
  return environment ? (at) => environmentAt(environment, at).cpu : undefined;
}

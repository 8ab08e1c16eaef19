// The metrics that exist, as ListMetrics finds them.
import { allServices } from './ecs-store.ts';
import { groupName, type Metric } from './metrics.ts';
import { fargateUsage } from './quotas.ts';
import type { EcsService } from './ecs-types.ts';
import type { World } from './world.ts';

/** Every metric that has data now in a region. */
export function published(world: World, region: string): Metric[] {
  const environments = world.applications.filter((it) => it.region === region).flatMap((it) => it.environments);
  return [
    ...of('AWS/Usage', fargateUsage, ['ResourceCount']),
    ...allServices(world, region).flatMap(ofService),
    ...environments.flatMap((it) => [
      ...of('AWS/ElasticBeanstalk', { EnvironmentName: it.name }, [
        'EnvironmentHealth',
        'InstancesOk',
        'ApplicationRequestsTotal',
        'ApplicationRequests5xx',
        'ApplicationLatencyP99',
      ]),
      ...of('AWS/EC2', { AutoScalingGroupName: groupName(it) }, ['CPUUtilization']),
    ]),
  ];
}

function of(namespace: string, dimensions: Record<string, string>, names: readonly string[]): Metric[] {
  return names.map((name) => ({ namespace, name, dimensions }));
}

function ofService({ name, cluster, targetGroup }: EcsService): Metric[] {
  const own = { ClusterName: cluster.name, ServiceName: name };
  const all = [
    ...of('AWS/ECS', own, ['CPUUtilization', 'MemoryUtilization']),
    ...of('ECS/ContainerInsights', own, ['RunningTaskCount', 'DesiredTaskCount']),
  ];
  if (!targetGroup) return all;
  const front = { TargetGroup: targetGroup.arn.split(':').at(-1) ?? '', LoadBalancer: targetGroup.loadBalancer };
  const names = ['RequestCount', 'HTTPCode_Target_5XX_Count', 'TargetResponseTime'];
  return [...all, ...of('AWS/ApplicationELB', front, names)];
}

/** A metric fits when it has every dimension asked for, with its value where one is given. */
export function fits(metric: Metric, wanted: readonly { name: string; value: string | undefined }[]): boolean {
  return wanted.every(({ name, value }) => {
    const own = metric.dimensions[name];
    return own !== undefined && (value ?? own) === own;
  });
}

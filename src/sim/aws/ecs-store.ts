// Finds clusters, services, deployments and task definitions by the names AWS accepts for them.
import { awsError } from './errors.ts';
import type { Cluster, EcsService, ServiceDeployment, TaskDefinition } from './ecs-types.ts';
import { required, text, type Params } from './params.ts';
import type { Context } from './route.ts';
import type { World } from './world.ts';

/** The cluster a request names, by name or ARN; `default` when it names none. */
export function clusterOf(params: Params, { world, region }: Context): Cluster {
  const wanted = text(params, 'cluster') ?? 'default';
  const found = world.clusters.find((it) => it.region === region && (it.name === wanted || it.arn === wanted));
  if (!found) throw awsError('ClusterNotFoundException', 'Cluster not found.');
  return found;
}

export function serviceIn(cluster: Cluster, wanted: string): EcsService | undefined {
  return cluster.services.find((it) => it.name === wanted || it.arn === wanted);
}

/** The service a request names in its cluster. */
export function serviceOf(params: Params, context: Context, member = 'service'): EcsService {
  const wanted = required(params, member);
  const found = serviceIn(clusterOf(params, context), wanted);
  if (!found) throw awsError('ServiceNotFoundException', 'Service not found.');
  return found;
}

/** Every service of the account; of one region when it is given. */
export function allServices(world: World, region?: string): EcsService[] {
  return world.clusters.filter((it) => region === undefined || it.region === region).flatMap((it) => it.services);
}

/** A service by what App Auto Scaling calls it: `service/cluster/name`. */
export function serviceByResource(world: World, region: string, resourceId: string): EcsService | undefined {
  return allServices(world, region).find((it) => resourceIdOf(it) === resourceId);
}

export function resourceIdOf(service: EcsService): string {
  return `service/${service.cluster.name}/${service.name}`;
}

export function serviceDeploymentByArn(
  { world, region }: Context,
  arn: string,
): { service: EcsService; deployment: ServiceDeployment } | undefined {
  for (const service of allServices(world, region)) {
    const deployment = service.serviceDeployments.find((it) => it.arn === arn);
    if (deployment) return { service, deployment };
  }
  return undefined;
}

/** A task definition by ARN, `family:revision` or `family` (the newest active one). */
export function taskDefinitionOf(world: World, region: string, reference: string): TaskDefinition | undefined {
  const name = /^arn:aws:ecs:([^:]+):\d+:task-definition\/(.+)$/u.exec(reference);
  if (name && name[1] !== region) return undefined;
  const [family = '', revision] = (name?.[2] ?? reference).split(':');
  const all = world.taskDefinitions.get(`${region}/${family}`) ?? [];
  if (revision === undefined) return all.findLast((it) => it.deregisteredAt === undefined);
  return all.find((it) => String(it.revision) === revision);
}

// What the ECS driver asks AWS, batched and remembered where AWS never changes it.
import type { ScalableTarget } from '@aws-sdk/client-application-auto-scaling';
import type { ContainerDefinition, Service, ServiceDeploymentBrief, Tag, Task } from '@aws-sdk/client-ecs';
import { PlatformError } from '../core/errors.ts';
import type { Target } from '../core/ports.ts';
import { batched } from './batching.ts';
import { bounded } from './bounded.ts';
import type { Clients } from './clients.ts';

export type Definition = {
  arn: string;
  family: string;
  revision: number;
  active: boolean;
  registeredAt?: number;
  containers: readonly ContainerDefinition[];
  tags: readonly Tag[];
};

export type EcsReads = {
  service(target: Target): Promise<Service>;
  /** Nothing where no scalable target moves the desired count. */
  scalable(target: Target): Promise<ScalableTarget | undefined>;
  /** A task definition; its status may have changed since, see `freshDefinition`. */
  definition(region: string, arn: string): Promise<Definition>;
  freshDefinition(region: string, arn: string): Promise<Definition>;
  /** Up to 100 tasks that should run, or that stopped in the last hour. */
  tasks(target: Target, desiredStatus: 'RUNNING' | 'STOPPED'): Promise<Task[]>;
  /** Newest first. */
  deployments(
    target: Target,
    which: { after?: number; status?: readonly NonNullable<ServiceDeploymentBrief['status']>[]; most?: number },
  ): Promise<ServiceDeploymentBrief[]>;
  /** Task definition ARN by service revision ARN. */
  revisions(target: Target, arns: readonly string[]): Promise<ReadonlyMap<string, string>>;
};

/** `service/cluster/name`, as Application Auto Scaling names it. */
export function resourceId(target: Target): string {
  return `service/${target.group}/${target.name}`;
}

export function ecsReads(clients: Clients): EcsReads {
  const definitions = bounded<Definition>(2000);
  const revisions = bounded<string>(2000);
  const freshDefinition = (region: string, arn: string) => describeDefinition(clients, region, arn);
  return {
    service: batched({
      group: ({ region, group }: Target) => `${region} ${group}`,
      id: ({ name }: Target) => name,
      size: 10,
      ask: (targets) => describeServices(clients, targets),
    }),
    scalable: batched({
      group: ({ region }: Target) => region,
      id: resourceId,
      size: 50,
      ask: (targets) => describeScalable(clients, targets),
    }),
    definition: (region, arn) => definitions(arn, () => freshDefinition(region, arn)),
    freshDefinition,
    tasks: (target, desiredStatus) => describeTasks(clients, target, desiredStatus),
    deployments: (target, which) => listDeployments(clients, target, which),
    async revisions(target, arns) {
      const ask = batchOfRevisions(clients, target.region);
      const known = arns.map(async (arn) => [arn, await revisions(arn, () => ask(arn))] as const);
      return new Map(await Promise.all(known));
    },
  };
}

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DescribeServices.html: at most 10 of one cluster. */
async function describeServices(clients: Clients, targets: readonly Target[]) {
  const { region, group } = targets[0]!;
  const ecs = await clients.ecs(region);
  const services = targets.map((target) => target.name);
  const answer = await ecs.describeServices({ cluster: group, services, include: ['TAGS'] });
  const found = new Map<string, Service | Error>();
  for (const service of answer.services ?? []) {
    if (service.serviceName && service.status !== 'INACTIVE') found.set(service.serviceName, service);
  }
  for (const name of services) if (!found.has(name)) found.set(name, gone('DescribeServices'));
  return found;
}

function gone(operation: string): PlatformError {
  const about = { platform: 'ecs', operation, code: 'MISSING', reason: 'not-found', retryable: false } as const;
  return new PlatformError({ ...about, unsure: false });
}

async function describeScalable(clients: Clients, targets: readonly Target[]) {
  const scaling = await clients.scaling(targets[0]!.region);
  const found = new Map<string, ScalableTarget | undefined>();
  let NextToken: string | undefined;
  do {
    const page = await scaling.describeScalableTargets({
      ServiceNamespace: 'ecs',
      ScalableDimension: 'ecs:service:DesiredCount',
      ResourceIds: targets.map(resourceId),
      NextToken,
    });
    for (const one of page.ScalableTargets ?? []) if (one.ResourceId) found.set(one.ResourceId, one);
    NextToken = page.NextToken;
  } while (NextToken);
  return found;
}

async function describeDefinition(clients: Clients, region: string, arn: string): Promise<Definition> {
  const ecs = await clients.ecs(region);
  const { taskDefinition, tags } = await ecs.describeTaskDefinition({ taskDefinition: arn, include: ['TAGS'] });
  if (!taskDefinition?.taskDefinitionArn) throw gone('DescribeTaskDefinition');
  const { registeredAt } = taskDefinition;
  return {
    arn: taskDefinition.taskDefinitionArn,
    family: taskDefinition.family ?? '',
    revision: taskDefinition.revision ?? 0,
    active: taskDefinition.status === 'ACTIVE',
    containers: taskDefinition.containerDefinitions ?? [],
    tags: tags ?? [],
    ...(registeredAt ? { registeredAt: registeredAt.getTime() } : {}),
  };
}

async function describeTasks(clients: Clients, target: Target, desiredStatus: 'RUNNING' | 'STOPPED'): Promise<Task[]> {
  const ecs = await clients.ecs(target.region);
  const which = { cluster: target.group, serviceName: target.name, desiredStatus, maxResults: 100 };
  const { taskArns = [] } = await ecs.listTasks(which);
  if (taskArns.length === 0) return [];
  const { tasks = [] } = await ecs.describeTasks({ cluster: target.group, tasks: taskArns });
  return tasks;
}

async function listDeployments(
  clients: Clients,
  target: Target,
  { after, status, most = 20 }: Parameters<EcsReads['deployments']>[1],
): Promise<ServiceDeploymentBrief[]> {
  const ecs = await clients.ecs(target.region);
  const answer = await ecs.listServiceDeployments({
    cluster: target.group,
    service: target.name,
    maxResults: most,
    ...(after === undefined ? {} : { createdAt: { after: new Date(after) } }),
    ...(status ? { status: [...status] } : {}),
  });
  const time = (one: ServiceDeploymentBrief) => one.createdAt?.getTime() ?? 0;
  return (answer.serviceDeployments ?? []).toSorted((a, b) => time(b) - time(a));
}

/** Service revisions are immutable: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-revision.html */
function batchOfRevisions(clients: Clients, region: string): (arn: string) => Promise<string> {
  return batched({
    group: () => region,
    id: (arn: string) => arn,
    size: 20,
    async ask(arns) {
      const ecs = await clients.ecs(region);
      const answer = await ecs.describeServiceRevisions({ serviceRevisionArns: [...arns] });
      const pairs = (answer.serviceRevisions ?? []).map(
        (one) => [one.serviceRevisionArn!, one.taskDefinition!] as const,
      );
      const found = new Map<string, string | Error>(pairs);
      for (const arn of arns) if (!found.has(arn)) found.set(arn, gone('DescribeServiceRevisions'));
      return found;
    },
  });
}

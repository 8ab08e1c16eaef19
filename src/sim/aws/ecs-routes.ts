// ECS, the reading operations. https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_Operations.html
import { awsError } from './errors.ts';
import { allServices, clusterOf, serviceDeploymentByArn, serviceIn, serviceOf, taskDefinitionOf } from './ecs-store.ts';
import { taskDefinitionView } from './ecs-task-definitions.ts';
import { taskView } from './ecs-task-view.ts';
import { revisionView, serviceDeploymentBrief, serviceDeploymentView, serviceView } from './ecs-views.ts';
import { isParams, number, page, required, text, texts, time, type Params } from './params.ts';
import type { Context, Route } from './route.ts';

/** Up to `most` names, or the error ECS gives for more or none. */
function some(params: Params, member: string, most: number): string[] {
  const wanted = texts(params, member);
  if (!wanted) throw awsError('InvalidParameterException', `${member} cannot be empty.`);
  if (wanted.length > most) {
    throw awsError('InvalidParameterException', `${member} can have at most ${most} items.`);
  }
  return wanted;
}

function paged(name: string, all: readonly unknown[], params: Params, most = 100): unknown {
  const size = number(params, 'maxResults') ?? (name === 'serviceArns' ? 10 : most);
  if (size < 1 || size > most) {
    throw awsError('InvalidParameterException', `maxResults must be between 1 and ${most}.`);
  }
  const { page: items, next } = page(all, size, text(params, 'nextToken'));
  return { [name]: items, nextToken: next };
}

function withTags(params: Params): boolean {
  return texts(params, 'include')?.includes('TAGS') ?? false;
}

const missing = (arn: string) => ({ arn, reason: 'MISSING' });

function arnOf({ world, region }: Context, kind: string, name: string): string {
  return name.startsWith('arn:') ? name : `arn:aws:ecs:${region}:${world.account}:${kind}/${name}`;
}

const listClusters: Route = (params, { world, region }) => {
  const arns = world.clusters.filter((it) => it.region === region).map((it) => it.arn);
  return paged('clusterArns', arns, params);
};

const describeClusters: Route = (params, context) => {
  const wanted = texts(params, 'clusters') ?? ['default'];
  const mine = context.world.clusters.filter((it) => it.region === context.region);
  const find = (name: string) => mine.find((it) => it.name === name || it.arn === name);
  return {
    clusters: wanted
      .flatMap((name) => find(name) ?? [])
      .map((it) => ({
        clusterArn: it.arn,
        clusterName: it.name,
        status: 'ACTIVE',
        registeredContainerInstancesCount: 0,
        runningTasksCount: it.services
          .flatMap((service) => service.tasks)
          .filter((task) => task.lastStatus === 'RUNNING').length,
        pendingTasksCount: it.services
          .flatMap((service) => service.tasks)
          .filter((task) => task.lastStatus === 'PENDING').length,
        activeServicesCount: it.services.length,
        statistics: [],
        settings: [{ name: 'containerInsights', value: 'enabled' }],
        capacityProviders: ['FARGATE', 'FARGATE_SPOT'],
        defaultCapacityProviderStrategy: [],
        tags: withTags(params) ? it.tags : [],
      })),
    failures: wanted.filter((name) => !find(name)).map((name) => missing(arnOf(context, 'cluster', name))),
  };
};

const listServices: Route = (params, context) =>
  paged(
    'serviceArns',
    clusterOf(params, context).services.map((it) => it.arn),
    params,
  );

const describeServices: Route = (params, context) => {
  const cluster = clusterOf(params, context);
  const wanted = some(params, 'services', 10);
  return {
    services: wanted.flatMap((name) => serviceIn(cluster, name) ?? []).map((it) => serviceView(it, withTags(params))),
    failures: wanted
      .filter((name) => !serviceIn(cluster, name))
      .map((name) => missing(arnOf(context, 'service', name.startsWith('arn:') ? name : `${cluster.name}/${name}`))),
  };
};

const describeTaskDefinition: Route = (params, { world, region }) => {
  const found = taskDefinitionOf(world, region, required(params, 'taskDefinition'));
  if (!found) throw awsError('ClientException', 'Unable to describe task definition.');
  return { taskDefinition: taskDefinitionView(found), tags: withTags(params) ? found.tags : undefined };
};

const listTaskDefinitions: Route = (params, { world, region }) => {
  const prefix = text(params, 'familyPrefix');
  const isActive = (text(params, 'status') ?? 'ACTIVE') === 'ACTIVE';
  const mine = [...world.taskDefinitions.keys()].filter((key) => key.startsWith(`${region}/`));
  const all = mine
    .toSorted((a, b) => a.localeCompare(b))
    .flatMap((key) => world.taskDefinitions.get(key) ?? [])
    .filter((it) => (prefix === undefined || it.family === prefix) && (it.deregisteredAt === undefined) === isActive)
    .map((it) => it.arn);
  return paged('taskDefinitionArns', text(params, 'sort') === 'DESC' ? all.toReversed() : all, params);
};

const listTasks: Route = (params, context) => {
  const cluster = clusterOf(params, context);
  const named = text(params, 'serviceName');
  const services = named === undefined ? cluster.services : [serviceOf({ ...params, service: named }, context)];
  const status = text(params, 'desiredStatus') ?? 'RUNNING';
  const family = text(params, 'family');
  const tasks = services.flatMap((it) => it.tasks).filter((it) => it.desiredStatus === status);
  const wanted = tasks.filter((it) => family === undefined || it.taskDefinition.includes(`/${family}:`));
  return paged(
    'taskArns',
    wanted.map((it) => it.arn),
    params,
  );
};

const describeTasks: Route = (params, context) => {
  const cluster = clusterOf(params, context);
  const all = cluster.services.flatMap((service) => service.tasks.map((task) => ({ service, task })));
  const wanted = some(params, 'tasks', 100);
  const find = (name: string) => all.find(({ task }) => task.arn === name || task.id === name);
  return {
    tasks: wanted
      .flatMap((name) => find(name) ?? [])
      .map(({ service, task }) => taskView(context.world, service, task, withTags(params))),
    failures: wanted
      .filter((name) => !find(name))
      .map((name) => missing(arnOf(context, 'task', name.startsWith('arn:') ? name : `${cluster.name}/${name}`))),
  };
};

const listServiceDeployments: Route = (params, context) => {
  const service = serviceOf({ cluster: clusterName(params), ...params }, context);
  const between = isParams(params['createdAt']) ? params['createdAt'] : {};
  const after = time(between, 'after') ?? 0;
  const before = time(between, 'before') ?? Number.POSITIVE_INFINITY;
  const status = texts(params, 'status');
  const found = service.serviceDeployments
    .filter((it) => it.createdAt > after && it.createdAt < before && (!status || status.includes(it.status)))
    .map((it) => serviceDeploymentBrief(service, it));
  return paged('serviceDeployments', found, params);
};

/** ListServiceDeployments takes a whole service ARN without a cluster. */
function clusterName(params: Params): string | undefined {
  return text(params, 'service')?.split(':service/')[1]?.split('/')[0];
}

const describeServiceDeployments: Route = (params, context) => {
  const wanted = some(params, 'serviceDeploymentArns', 20);
  const found = wanted.map((arn) => ({ arn, hit: serviceDeploymentByArn(context, arn) }));
  return {
    serviceDeployments: found.flatMap(({ hit }) => (hit ? [serviceDeploymentView(hit.service, hit.deployment)] : [])),
    failures: found.filter(({ hit }) => !hit).map(({ arn }) => missing(arn)),
  };
};

const describeServiceRevisions: Route = (params, { world, region }) => {
  const wanted = some(params, 'serviceRevisionArns', 20);
  const all = allServices(world, region).flatMap((service) => service.revisions.map((it) => ({ service, it })));
  const find = (arn: string) => all.find(({ it }) => it.arn === arn);
  return {
    serviceRevisions: wanted
      .flatMap((arn) => find(arn) ?? [])
      .map(({ service, it }) => revisionView(world, service, it)),
    failures: wanted.filter((arn) => !find(arn)).map(missing),
  };
};

export const ecsReads: Record<string, Route> = {
  ListClusters: listClusters,
  DescribeClusters: describeClusters,
  ListServices: listServices,
  DescribeServices: describeServices,
  DescribeTaskDefinition: describeTaskDefinition,
  ListTaskDefinitions: listTaskDefinitions,
  ListTasks: listTasks,
  DescribeTasks: describeTasks,
  ListServiceDeployments: listServiceDeployments,
  DescribeServiceDeployments: describeServiceDeployments,
  DescribeServiceRevisions: describeServiceRevisions,
};

// Registers task definitions the way ECS does: defaults filled in, read-only members refused, revisions counted.
import { awsError } from './errors.ts';
import type { Tag, TaskDefinition } from './ecs-types.ts';
import { isParams, items, required, text, type Params } from './params.ts';
import type { Context } from './route.ts';

const accepted = new Set(
  ['family', 'taskRoleArn', 'executionRoleArn', 'networkMode', 'containerDefinitions', 'volumes', 'tags', 'cpu']
    .concat(['placementConstraints', 'requiresCompatibilities', 'memory', 'pidMode', 'ipcMode', 'proxyConfiguration'])
    .concat(['inferenceAccelerators', 'ephemeralStorage', 'runtimePlatform', 'enableFaultInjection']),
);

/** The new revision. Refuses members that only DescribeTaskDefinition answers with. */
export function register(
  params: Params,
  { world, region, caller }: Omit<Context, 'answered' | 'origin' | 'gone'>,
): TaskDefinition {
  const unknown = Object.keys(params).find((name) => !accepted.has(name));
  if (unknown !== undefined) {
    throw awsError('InvalidParameterException', `Unknown parameter in input: "${unknown}"`);
  }
  const family = required(params, 'family', 'ClientException');
  const containers = items(params, 'containerDefinitions');
  if (containers.length === 0) throw awsError('ClientException', 'Container list cannot be empty.');
  const nameless = containers.find((it) => text(it, 'image') === undefined || text(it, 'name') === undefined);
  if (nameless) throw awsError('ClientException', 'Container.image should not be null or empty.');
  requireFargateSizes(params);
  const { tags, ...body } = params;
  const key = `${region}/${family}`;
  const earlier = world.taskDefinitions.get(key) ?? [];
  const revision = (earlier.at(-1)?.revision ?? 0) + 1;
  const made: TaskDefinition = {
    arn: `arn:aws:ecs:${region}:${world.account}:task-definition/${family}:${revision}`,
    family,
    revision,
    registeredAt: world.timeline.now(),
    registeredBy: caller,
    body: { volumes: [], placementConstraints: [], ...body, containerDefinitions: containers.map(withDefaults) },
    tags: Array.isArray(tags) ? tags.filter(isTag) : [],
  };
  world.taskDefinitions.set(key, [...earlier, made]);
  return made;
}

function requireFargateSizes(params: Params): void {
  const compatibilities = params['requiresCompatibilities'];
  if (!Array.isArray(compatibilities) || !compatibilities.includes('FARGATE')) return;
  for (const size of ['cpu', 'memory']) {
    if (text(params, size) !== undefined) continue;
    throw awsError('ClientException', `Fargate requires task definition to have ${size} specified.`);
  }
}

function withDefaults(container: Params): Params {
  return {
    cpu: 0,
    essential: true,
    environment: [],
    mountPoints: [],
    volumesFrom: [],
    systemControls: [],
    ...container,
    portMappings: items(container, 'portMappings').map((port) => ({
      hostPort: port['containerPort'],
      protocol: 'tcp',
      ...port,
    })),
  };
}

export function isTag(value: unknown): value is Tag {
  return isParams(value) && typeof value['key'] === 'string' && typeof value['value'] === 'string';
}

/** As DescribeTaskDefinition answers, with the members that registering refuses. */
export function taskDefinitionView(definition: TaskDefinition): unknown {
  const { body } = definition;
  return {
    ...body,
    taskDefinitionArn: definition.arn,
    family: definition.family,
    revision: definition.revision,
    status: definition.deregisteredAt === undefined ? 'ACTIVE' : 'INACTIVE',
    requiresAttributes: [
      { name: 'com.amazonaws.ecs.capability.logging-driver.awsfirelens' },
      { name: 'ecs.capability.execution-role-ecr-pull' },
      { name: 'com.amazonaws.ecs.capability.ecr-auth' },
      { name: 'ecs.capability.task-eni' },
    ],
    compatibilities: ['EC2', 'FARGATE'],
    registeredAt: new Date(definition.registeredAt),
    registeredBy: definition.registeredBy,
    deregisteredAt: definition.deregisteredAt === undefined ? undefined : new Date(definition.deregisteredAt),
  };
}

export function containersOf(definition: TaskDefinition | undefined): Params[] {
  return definition ? items(definition.body, 'containerDefinitions') : [];
}

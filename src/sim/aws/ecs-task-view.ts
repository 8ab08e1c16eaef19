// Tasks as ECS answers them.
import { findImage } from './ecr-types.ts';
import { taskDefinitionOf } from './ecs-store.ts';
import { containersOf } from './ecs-task-definitions.ts';
import type { EcsService, Task } from './ecs-types.ts';
import { hash } from './ids.ts';
import { number, text, type Params } from './params.ts';
import type { World } from './world.ts';

export const fargate = { launchType: 'FARGATE', platformVersion: '1.4.0', platformFamily: 'Linux' };

export function when(at: number | undefined): Date | undefined {
  return at === undefined ? undefined : new Date(at);
}

export function digestOf(world: World, container: Params): string | undefined {
  const image = findImage(world.repositories, String(container['image']));
  if (image === 'outside') return `sha256:${hash(String(container['image']))}`;
  return image?.digest;
}

/** `containers` of a task that was never up have no runtime, no exit code and their own reason. */
export function taskView(world: World, service: EcsService, task: Task, withTags: boolean): unknown {
  const definition = taskDefinitionOf(world, service.cluster.region, task.taskDefinition);
  const address = `10.0.${Number.parseInt(task.id.slice(0, 2), 16)}.${Number.parseInt(task.id.slice(2, 4), 16)}`;
  const attachmentId = `${task.id.slice(0, 8)}-0000-4000-8000-${task.id.slice(8, 20)}`;
  return {
    attachments: [attachment(task, attachmentId, address)],
    attributes: [{ name: 'ecs.cpu-architecture', value: 'x86_64' }],
    availabilityZone: `${service.cluster.region}${'abc'[Number.parseInt(task.id[0]!, 16) % 3]}`,
    clusterArn: service.cluster.arn,
    connectivity: task.lastStatus === 'RUNNING' ? 'CONNECTED' : undefined,
    connectivityAt: when(task.startedAt),
    containers: containersOf(definition).map((it, index) =>
      containerView(world, task, it, index, attachmentId, address),
    ),
    cpu: text(definition?.body ?? {}, 'cpu'),
    createdAt: when(task.createdAt),
    desiredStatus: task.desiredStatus,
    enableExecuteCommand: false,
    executionStoppedAt: when(task.stoppedAt),
    group: `service:${service.name}`,
    healthStatus: healthStatus(
      task,
      containersOf(definition).some((it) => it['healthCheck'] !== undefined),
    ),
    lastStatus: task.lastStatus,
    ...fargate,
    memory: text(definition?.body ?? {}, 'memory'),
    overrides: {
      containerOverrides: containersOf(definition).map((it) => ({ name: it['name'] })),
      inferenceAcceleratorOverrides: [],
    },
    startedAt: when(task.startedAt),
    startedBy: task.deployment.id,
    stopCode: task.stopCode,
    stoppedAt: when(task.stoppedAt),
    stoppedReason: task.stoppedReason,
    stoppingAt: when(task.stoppingAt),
    tags: withTags ? service.tags : undefined,
    taskArn: task.arn,
    taskDefinitionArn: task.taskDefinition,
    version: 3,
    ephemeralStorage: { sizeInGiB: 20 },
    fargateEphemeralStorage: { sizeInGiB: 20 },
  };
}

function attachment(task: Task, id: string, address: string): unknown {
  return {
    id,
    type: 'ElasticNetworkInterface',
    status: task.lastStatus === 'STOPPED' ? 'DELETED' : 'ATTACHED',
    details: [{ name: 'privateIPv4Address', value: address }],
  };
}

/** UNKNOWN for tasks without a container health check. */
function healthStatus(task: Task, checked: boolean): string {
  if (!checked) return 'UNKNOWN';
  if (task.healthy) return 'HEALTHY';
  return task.stoppedReason?.includes('health checks') ? 'UNHEALTHY' : 'UNKNOWN';
}

function containerView(
  world: World,
  task: Task,
  container: Params,
  index: number,
  attachmentId: string,
  address: string,
): unknown {
  const isMain = index === 0;
  const over = task.desiredStatus === 'STOPPED';
  const started = task.startedAt !== undefined;
  const others = task.exitCode === undefined ? undefined : 0;
  return {
    containerArn: `${task.arn.replace(':task/', ':container/')}/${hash(`${task.id} ${index}`, 32)}`,
    taskArn: task.arn,
    name: text(container, 'name'),
    image: text(container, 'image'),
    imageDigest: started ? digestOf(world, container) : undefined,
    runtimeId: started ? `${task.id}-${hash(`${task.id} ${index}`, 10)}` : undefined,
    lastStatus:
      task.lastStatus === 'PROVISIONING' ? 'PENDING' : task.lastStatus === 'DEACTIVATING' ? 'RUNNING' : task.lastStatus,
    exitCode: over ? (isMain ? task.exitCode : others) : undefined,
    reason: over && isMain ? task.containerReason : undefined,
    networkBindings: [],
    networkInterfaces: [{ attachmentId, privateIpv4Address: address }],
    healthStatus: healthStatus(task, container['healthCheck'] !== undefined),
    cpu: String(number(container, 'cpu') ?? 0),
    memory: number(container, 'memory')?.toString(),
  };
}

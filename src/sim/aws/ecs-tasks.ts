// The life of one task: provisioning, pending, running, healthy; or the way it fails.
import { containersOf } from './ecs-task-definitions.ts';
import { findImage } from './ecr-types.ts';
import { named, note, record, running } from './ecs-events.ts';
import { taskDefinitionOf } from './ecs-store.ts';
import type { Bad, Deployment, EcsService, Task } from './ecs-types.ts';
import type { World } from './world.ts';

/** Unsped milliseconds. */
export const durations = {
  pending: 8000,
  start: 25_000,
  healthy: 30_000,
  unhealthy: 45_000,
  drain: 20_000,
  stop: 5000,
};

/** What the scheduler wants to know about a task. */
export type Listener = { changed: () => void; failed: (task: Task) => void };

/** Starts `count` tasks of `deployment`, a second apart, so that they come up one after the other. */
export function startTasks(
  world: World,
  service: EcsService,
  deployment: Deployment,
  count: number,
  listener: Listener,
): void {
  const tasks = Array.from({ length: count }, (): Task => {
    const id = world.ids.hex(32);
    return {
      id,
      arn: `arn:aws:ecs:${service.cluster.region}:${world.account}:task/${service.cluster.name}/${id}`,
      deployment,
      taskDefinition: deployment.taskDefinition,
      desiredStatus: 'RUNNING',
      lastStatus: 'PROVISIONING',
      healthy: false,
      createdAt: world.timeline.now(),
    };
  });
  service.tasks.push(...tasks);
  note(world, service, `has started ${count} tasks: ${named(tasks)}.`);
  for (const [index, task] of tasks.entries()) {
    world.timeline.after(durations.pending + index * 1000, () => {
      if (task.lastStatus === 'PROVISIONING') task.lastStatus = 'PENDING';
    });
    world.timeline.after(durations.start + index * 1000, () => begin(world, service, task, listener));
  }
}

/** Stops tasks that are well: scaled in, or replaced. */
export function stopTasks(world: World, service: EcsService, tasks: readonly Task[], listener: Listener): void {
  if (tasks.length === 0) return;
  note(world, service, `has stopped ${tasks.length} running tasks: ${named(tasks)}.`);
  if (service.targetGroup) note(world, service, `has begun draining connections on ${tasks.length} tasks.`);
  for (const task of tasks) {
    const reason = `Scaling activity initiated by (deployment ${task.deployment.id})`;
    end(world, service, task, listener, { stopCode: 'ServiceSchedulerInitiated', stoppedReason: reason, exitCode: 0 });
  }
}

function begin(world: World, service: EcsService, task: Task, listener: Listener): void {
  if (task.desiredStatus === 'STOPPED') return;
  const bad = badnessOf(world, service, task);
  if (bad?.kind === 'missing' || bad?.kind === 'secret') return fail(world, service, task, listener, bad);
  task.startedAt = world.timeline.now();
  if (bad && diesAtOnce(world, service, task, bad)) return fail(world, service, task, listener, bad);
  task.lastStatus = 'RUNNING';
  record(world, service);
  listener.changed();
  if (bad?.after !== undefined) leakLater(world, service, task, listener, bad);
  const checked = service.targetGroup !== undefined || hasHealthCheck(world, service, task);
  if (!checked) return becomeHealthy(world, service, task, listener);
  const wait = bad?.kind === 'health' ? durations.unhealthy : durations.healthy;
  world.timeline.after(wait, () => {
    if (task.desiredStatus === 'STOPPED') return;
    const now = badnessOf(world, service, task);
    if (now?.kind === 'health') return fail(world, service, task, listener, now);
    becomeHealthy(world, service, task, listener);
  });
}

function becomeHealthy(world: World, service: EcsService, task: Task, listener: Listener): void {
  task.healthy = true;
  task.deployment.inARow = 0;
  if (service.targetGroup) note(world, service, `registered 1 targets in (target-group ${service.targetGroup.arn})`);
  record(world, service);
  listener.changed();
}

/** A leaking image lets the surviving share run and kills the rest as soon as the leak has filled the memory. */
function diesAtOnce(world: World, service: EcsService, task: Task, bad: Bad): boolean {
  if (bad.kind !== 'exit' && bad.kind !== 'oom') return false;
  if (bad.after !== undefined && world.timeline.now() < memoryFullAt(world, task, bad)) return false;
  return running(service).length >= Math.floor(service.desired * (bad.survivors ?? 0));
}

function leakLater(world: World, service: EcsService, task: Task, listener: Listener, bad: Bad): void {
  const full = memoryFullAt(world, task, bad);
  if (full <= world.timeline.now()) return;
  world.timeline.after((full - world.timeline.now()) * world.timeline.speed(), () => {
    if (task.desiredStatus === 'STOPPED') return;
    const survivors = Math.floor(service.desired * (bad.survivors ?? 0));
    if (running(service).length > survivors) fail(world, service, task, listener, bad);
  });
}

function memoryFullAt(world: World, task: Task, bad: Bad): number {
  return task.deployment.createdAt + (bad.after ?? 0) / world.timeline.speed();
}

/** Makes a task end the way `bad` says, with the words and codes AWS gives for it. */
export function fail(world: World, service: EcsService, task: Task, listener: Listener, bad: Bad): void {
  end(world, service, task, listener, failureOf(world, service, task, bad));
  if (bad.kind === 'health' && service.targetGroup) {
    const { arn, port } = service.targetGroup;
    const reason = 'due to (reason Health checks failed with these codes: [503])';
    note(world, service, `(task ${task.id}) (port ${port}) is unhealthy in (target-group ${arn}) ${reason}.`);
  }
  listener.failed(task);
}

type Ending = Pick<Task, 'stopCode' | 'stoppedReason' | 'exitCode' | 'containerReason'>;

function failureOf(world: World, service: EcsService, task: Task, bad: Bad): Ending {
  const exited = { stopCode: 'EssentialContainerExited', stoppedReason: 'Essential container in task exited' };
  const definition = taskDefinitionOf(world, service.cluster.region, task.taskDefinition);
  if (bad.kind === 'exit') return { ...exited, exitCode: 1 };
  if (bad.kind === 'oom') {
    return { ...exited, exitCode: 137, containerReason: 'OutOfMemoryError: Container killed due to memory usage' };
  }
  if (bad.kind === 'health') {
    const words = service.targetGroup
      ? `Task failed ELB health checks in (target-group ${service.targetGroup.arn})`
      : 'Task failed container health checks';
    return { stopCode: 'ServiceSchedulerInitiated', stoppedReason: words, exitCode: 143 };
  }
  const reason = bad.kind === 'missing' ? missingWords(world, definition) : secretWords(world, definition);
  return { stopCode: 'TaskFailedToStart', stoppedReason: reason };
}

function missingWords(world: World, definition: ReturnType<typeof taskDefinitionOf>): string {
  const images = containersOf(definition).map((it) => String(it['image']));
  const image = images.find((it) => findImage(world.repositories, it) === undefined) ?? images[0];
  return `CannotPullContainerError: pull image manifest has been retried 1 time(s): failed to resolve ref ${image}: ${image}: not found`;
}

function secretWords(world: World, definition: ReturnType<typeof taskDefinitionOf>): string {
  const role = String(definition?.body['executionRoleArn']).split('/').at(-1);
  const user = `arn:aws:sts::${world.account}:assumed-role/${role}/task`;
  const start =
    'ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed: unable to retrieve secrets from ssm: service call has been retried 1 time(s)';
  return `${start}: AccessDeniedException: User: ${user} is not authorized to perform: ssm:GetParameters because no identity-based policy allows the ssm:GetParameters action status code: 400`;
}

function end(world: World, service: EcsService, task: Task, listener: Listener, ending: Ending): void {
  const served = task.healthy && service.targetGroup;
  const wasUp = task.lastStatus === 'RUNNING';
  Object.assign(task, ending, { desiredStatus: 'STOPPED', stoppingAt: world.timeline.now() });
  task.lastStatus = wasUp ? 'DEACTIVATING' : 'STOPPED';
  task.healthy = false;
  if (!wasUp) task.stoppedAt = world.timeline.now();
  if (served) note(world, service, `deregistered 1 targets in (target-group ${service.targetGroup?.arn})`);
  record(world, service);
  const crashed = ending.stopCode === 'EssentialContainerExited';
  const wait = crashed || !service.targetGroup ? durations.stop : durations.drain;
  if (!wasUp) return;
  world.timeline.after(wait, () => {
    task.lastStatus = 'STOPPED';
    task.stoppedAt = world.timeline.now();
    listener.changed();
  });
}

function hasHealthCheck(world: World, service: EcsService, task: Task): boolean {
  const definition = taskDefinitionOf(world, service.cluster.region, task.taskDefinition);
  return containersOf(definition).some((it) => it['healthCheck'] !== undefined);
}

/** What is wrong with a task: what the outside broke, an image that does not exist, or a bad image. */
function badnessOf(world: World, service: EcsService, task: Task): Bad | undefined {
  if (service.broken) return service.broken;
  const definition = taskDefinitionOf(world, service.cluster.region, task.taskDefinition);
  const images = containersOf(definition).map((it) => findImage(world.repositories, String(it['image'])));
  if (images.includes(undefined)) return { kind: 'missing' };
  return images.flatMap((image) => (typeof image === 'object' && image.bad ? [image.bad] : []))[0];
}

// Service events in the words ECS uses (https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-event-messages.html),
// and the record of how a service was over time.
import type { EcsService, Task } from './ecs-types.ts';
import type { World } from './world.ts';

/** Adds an event; ECS keeps the newest 100. */
export function note(world: World, service: EcsService, words: string): void {
  const message = `(service ${service.name}) ${words}`;
  service.events.unshift({ id: world.ids.uuid(), at: world.timeline.now(), message });
  service.events.length = Math.min(service.events.length, 100);
}

export function named(tasks: readonly Task[]): string {
  return tasks.map((task) => `(task ${task.id})`).join(' ');
}

/** Running tasks that are meant to run. */
export function running(service: EcsService): Task[] {
  return service.tasks.filter((task) => task.lastStatus === 'RUNNING');
}

export function active(service: EcsService): Task[] {
  return service.tasks.filter((task) => task.desiredStatus === 'RUNNING');
}

/** Remembers how the service is now, for metrics of the past; kept for a week. */
export function record(world: World, service: EcsService): void {
  const at = world.timeline.now();
  const up = running(service);
  const healthy = up.filter((task) => task.healthy).length;
  const failing = service.tasks.findLast((it) => it.stopCode !== undefined && at - (it.stoppingAt ?? 0) < 300_000);
  const point = {
    at,
    desired: service.desired,
    running: up.length,
    healthy,
    ...(healthy < service.desired ? badOf(failing) : {}),
  };
  const last = service.points.at(-1);
  if (last?.at === at) service.points.pop();
  service.points.push(point);
  const old = service.points.findIndex((it) => it.at > at - 7 * 86_400_000);
  if (old > 1) service.points.splice(0, old - 1);
}

function badOf(task: Task | undefined): { bad?: 'oom' | 'health' | 'exit' } {
  if (task?.exitCode === 137) return { bad: 'oom' };
  if (task?.stoppedReason?.includes('health checks')) return { bad: 'health' };
  return task?.stopCode === 'EssentialContainerExited' ? { bad: 'exit' } : {};
}

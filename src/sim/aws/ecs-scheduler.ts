// The service scheduler: keeps the wanted number of tasks of the wanted revision running, within the deployment's limits.
import { active, note, record } from './ecs-events.ts';
import { completeDeployment, countFailure } from './ecs-deployments.ts';
import { advanceStages, holdsNew, holdsOld } from './ecs-stages.ts';
import { startTasks, stopTasks, type Listener } from './ecs-tasks.ts';
import type { EcsService, Task } from './ecs-types.ts';
import type { World } from './world.ts';

const thinking = 2000;
const keepStopped = 3_600_000;

/** Has the scheduler look at the service soon, in unsped milliseconds; several requests make one look, the earliest. */
export function look(world: World, service: EcsService, soon = thinking): void {
  const planned = { at: world.timeline.now() + soon / world.timeline.speed() };
  if (service.look && service.look.at <= planned.at) return;
  service.look = planned;
  world.timeline.after(soon, () => {
    if (service.look !== planned) return;
    delete service.look;
    reconcile(world, service);
  });
}

export function listener(world: World, service: EcsService): Listener {
  return {
    changed: () => look(world, service),
    failed: (task: Task) => {
      countFailure(world, service, task.deployment);
      look(world, service);
    },
  };
}

function reconcile(world: World, service: EcsService): void {
  const primary = service.deployments[0];
  if (!primary) return;
  const now = world.timeline.now();
  service.tasks = service.tasks.filter((it) => it.stoppedAt === undefined || it.stoppedAt > now - keepStopped);
  const listen = listener(world, service);
  advanceStages(world, service, listen.changed);
  stopTasks(world, service, surplus(service), listen);
  stopTasks(world, service, replaceable(service), listen);
  startMissing(world, service, listen);
  record(world, service);
  settle(world, service);
}

function readiness(task: Task): number {
  if (task.healthy) return 2;
  return task.lastStatus === 'RUNNING' ? 1 : 0;
}

/** Tasks of the primary deployment above the desired count: those that are not up yet first, then the newest. */
function surplus(service: EcsService): Task[] {
  const mine = active(service).filter((it) => it.deployment === service.deployments[0]);
  const leaving = mine.toReversed().toSorted((a, b) => readiness(a) - readiness(b));
  return leaving.slice(0, Math.max(0, mine.length - service.desired));
}

/** Tasks of older deployments that may go now without falling below the minimum of healthy tasks. */
function replaceable(service: EcsService): Task[] {
  const primary = service.deployments[0];
  const old = active(service).filter((it) => it.deployment !== primary);
  if (primary?.state === 'FAILED' || holdsOld(service)) return [];
  const unhealthy = old.filter((it) => !it.healthy);
  const healthy = old.filter((it) => it.healthy);
  const minimum = Math.ceil((service.desired * service.minimumHealthyPercent) / 100);
  const spare = active(service).filter((it) => it.healthy).length - minimum;
  return [...unhealthy, ...healthy.slice(0, Math.max(0, spare))];
}

function startMissing(world: World, service: EcsService, listen: Listener): void {
  const primary = service.deployments[0];
  if (!primary || primary.state === 'FAILED' || holdsNew(service)) return;
  const mine = active(service).filter((it) => it.deployment === primary).length;
  const most = Math.max(1, Math.floor((service.desired * service.maximumPercent) / 100));
  const room = service.deployments.length === 1 ? service.desired - mine : most - active(service).length;
  const count = Math.min(service.desired - mine, room);
  if (count <= 0) return;
  const wait = primary.waitUntil - world.timeline.now();
  if (wait > 0) return look(world, service, wait * world.timeline.speed() + 1);
  startTasks(world, service, primary, count, listen);
}

/** Ends the deployment, or says "steady", once everything is as wanted. */
function settle(world: World, service: EcsService): void {
  const primary = service.deployments[0];
  const up = active(service);
  const asWanted = up.length === service.desired && up.every((it) => it.healthy && it.deployment === primary);
  if (!primary || !asWanted || primary.state === 'FAILED') {
    service.steady = false;
    return;
  }
  const oldAreGone = service.tasks.every((it) => it.deployment === primary || it.lastStatus === 'STOPPED');
  if (primary.state === 'IN_PROGRESS' && !oldAreGone) return;
  if (primary.state === 'IN_PROGRESS') completeDeployment(world, service, primary);
  if (!service.steady) note(world, service, 'has reached a steady state.');
  service.steady = true;
}

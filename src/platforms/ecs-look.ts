// Everything that tells how one service is: in one round of calls, and two more only when it is not well.
import type { ScalableTarget } from '@aws-sdk/client-application-auto-scaling';
import type { Deployment, Service, Task } from '@aws-sdk/client-ecs';
import type { Capacity, Cause, Clock, Target } from '../core/ports.ts';
import { causesOfTasks, noRoom, unsettled } from './ecs-causes.ts';
import type { Definition, EcsReads } from './ecs-reads.ts';

const minute = 60_000;
/** How long a failed task or a complaint in the events counts. */
const recent = 15 * minute;

export type Look = {
  at: number;
  service: Service;
  scalable?: ScalableTarget;
  /** What runs and what is on its way; the same when nothing is changing. */
  running?: { definition: Definition; since?: number };
  coming?: { definition: Definition; since?: number; deployment: Deployment };
  capacity: Capacity;
  causes: Cause[];
};

/** Looks at a service; `closely` asks for its tasks even if nothing hints at trouble. */
export async function look(
  target: Target,
  { reads, clock }: { reads: EcsReads; clock: Clock },
  closely = false,
): Promise<Look> {
  const [service, scalable] = await Promise.all([reads.service(target), reads.scalable(target)]);
  const at = clock.now();
  const close = closely || isTroubled(service, at);
  const { now, next } = deploymentsOf(service);
  const describe = (arn: string | undefined) => (arn ? reads.definition(target.region, arn) : undefined);
  const [running, coming, up, stopped] = await Promise.all([
    describe(now?.taskDefinition ?? primaryOf(service)),
    describe(next?.taskDefinition),
    close ? reads.tasks(target, 'RUNNING') : undefined,
    close ? reads.tasks(target, 'STOPPED') : [],
  ]);
  const causes = [...causesOfTasks(stopped, at - recent), ...noRoom(service, at - recent)];
  return {
    at,
    service,
    ...(scalable ? { scalable } : {}),
    ...(running ? { running: { definition: running, ...since(now) } } : {}),
    ...(coming && next ? { coming: { definition: coming, deployment: next, ...since(next) } } : {}),
    capacity: capacityOf(service, scalable, up, [running, coming]),
    causes,
  };
}

function since(deployment: Deployment | undefined) {
  return deployment?.createdAt ? { since: deployment.createdAt.getTime() } : {};
}

/** Which deployment's tasks serve now, and which one is on its way. */
export function deploymentsOf(service: Service): { now?: Deployment; next?: Deployment } {
  const deployments = service.deployments ?? [];
  const primary = deployments.find((one) => one.status === 'PRIMARY');
  if (!primary || primary.rolloutState !== 'IN_PROGRESS') return { now: primary };
  const older = deployments
    .filter((one) => one !== primary && (one.runningCount ?? 0) > 0 && one.rolloutState !== 'FAILED')
    .toSorted((a, b) => (b.runningCount ?? 0) - (a.runningCount ?? 0));
  return older[0] ? { now: older[0], next: primary } : { next: primary };
}

/** Services of CodeDeploy and other controllers keep it in task sets. */
function primaryOf(service: Service): string | undefined {
  return service.taskDefinition ?? service.taskSets?.find((set) => set.status === 'PRIMARY')?.taskDefinition;
}

/** What DescribeServices alone shows of trouble, so that tasks of a steady service are never asked for. */
function isTroubled(service: Service, at: number): boolean {
  if ((service.runningCount ?? 0) < (service.desiredCount ?? 0)) return true;
  if ((service.deployments ?? []).some((one) => one.rolloutState === 'FAILED')) return true;
  if ((service.deployments ?? []).some((one) => one.rolloutState === 'IN_PROGRESS' && (one.failedTasks ?? 0) > 0)) {
    return true;
  }
  const complaints = unsettled(service, at - recent);
  return complaints.some(({ message }) => /unable to|unhealthy|failed|rolling back/iu.test(message ?? ''));
}

function capacityOf(
  service: Service,
  scalable: ScalableTarget | undefined,
  up: readonly Task[] | undefined,
  definitions: readonly (Definition | undefined)[],
): Capacity {
  const running = service.runningCount ?? 0;
  return {
    unit: 'tasks',
    ...(scalable?.MinCapacity === undefined ? {} : { min: scalable.MinCapacity }),
    ...(scalable?.MaxCapacity === undefined ? {} : { max: scalable.MaxCapacity }),
    desired: service.desiredCount ?? 0,
    running,
    healthy: up === undefined ? running : Math.min(running, up.filter((task) => isWell(task, definitions)).length),
    pending: service.pendingCount ?? 0,
  };
}

/** UNKNOWN means either "no health check" or "not checked yet"; the task definition tells which. */
function isWell(task: Task, definitions: readonly (Definition | undefined)[]): boolean {
  if (task.lastStatus !== 'RUNNING' || task.healthStatus === 'UNHEALTHY') return false;
  const own = definitions.find((one) => one?.arn === task.taskDefinitionArn);
  const checked = own?.containers.some((one) => one.healthCheck && one.essential !== false) ?? false;
  return !checked || task.healthStatus === 'HEALTHY';
}

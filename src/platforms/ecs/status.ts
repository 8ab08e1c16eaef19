// The state of services: two calls side by side for the numbers, more only for what is not well.
import type { Deployment, Service } from '@aws-sdk/client-ecs';
import type { ScalableTarget } from '@aws-sdk/client-application-auto-scaling';
import type { Capacity, Cause, Clock, Health, Status, Target } from '../../core/ports.ts';
import type { Api } from './api.ts';
import { applications, imageOf, labelOf } from './containers.ts';
import type { Lookups } from './lookups.ts';
import { stopCauses } from './stops.ts';

/** State by target key, each its own answer or error. */
export async function status(
  api: Api,
  find: Lookups,
  clock: Clock,
  targets: readonly Target[],
): Promise<Map<string, Status | Error>> {
  const answers = await Promise.all(
    targets.map((target) =>
      one(api, find, clock, target).catch((error: unknown) =>
        error instanceof Error ? error : new Error(String(error)),
      ),
    ),
  );
  return new Map(answers.map((answer, index) => [targets[index]!.key, answer]));
}

async function one(api: Api, find: Lookups, clock: Clock, target: Target): Promise<Status> {
  const [service, scalable] = await Promise.all([find.service(target), find.scalable(target)]);
  const primary = primaryOf(service);
  const running = service.taskDefinition ?? '';
  const [defined, causes] = await Promise.all([
    find.definition(target.region, running),
    steady(service) ? [] : troubles(api, clock, target, service),
  ]);
  const container = applications(service, defined)[0];
  const { digest } = imageOf(container?.image ?? '');
  const label = labelOf(service, defined);
  return {
    target,
    at: clock.now(),
    health: healthOf(service, causes),
    causes,
    capacity: capacityOf(service, scalable),
    version: {
      label,
      ref: running,
      ...(container?.name ? { container: container.name } : {}),
      ...(digest ? { digest: digest.slice(0, 19) } : {}),
      ...(primary?.createdAt ? { since: primary.createdAt.getTime() } : {}),
    },
    ...(primary?.rolloutState === 'IN_PROGRESS'
      ? { changing: { version: label, since: primary.createdAt?.getTime() ?? 0 } }
      : {}),
    hindrances: hindrances(service, scalable),
    strategy: strategyOf(service),
    console: consoleOf(target),
  };
}

export function primaryOf(service: Service): Deployment | undefined {
  return service.deployments?.find((deployment) => deployment.status === 'PRIMARY');
}

/** Nothing is moving and nothing is missing. */
export function steady(service: Service): boolean {
  const primary = primaryOf(service);
  const settled = primary?.rolloutState === undefined || primary.rolloutState === 'COMPLETED';
  return settled && (service.runningCount ?? 0) >= (service.desiredCount ?? 0) && (service.pendingCount ?? 0) === 0;
}

export function capacityOf(service: Service, scalable: ScalableTarget | undefined): Capacity {
  const running = service.runningCount ?? 0;
  return {
    unit: 'tasks',
    ...(scalable ? { min: scalable.MinCapacity ?? 0, max: scalable.MaxCapacity ?? 0 } : {}),
    desired: service.desiredCount ?? 0,
    running,
    healthy: running,
    pending: service.pendingCount ?? 0,
  };
}

async function troubles(api: Api, clock: Clock, target: Target, service: Service): Promise<Cause[]> {
  const causes = await stopCauses(api, clock, target).catch((): Cause[] => []);
  const { runningCount = 0, desiredCount = 0 } = service;
  const noRoom = service.events?.find((event) => /unable to place a task/u.test(event.message ?? ''));
  const late = noRoom?.createdAt && clock.now() - noRoom.createdAt.getTime() < 15 * 60_000;
  if (late)
    causes.push({
      kind: 'no-room',
      args: { count: Math.max(1, desiredCount - runningCount) },
      words: noRoom.message ?? '',
    });
  if (primaryOf(service)?.rolloutState === 'FAILED') {
    causes.push({ kind: 'update-failed', args: {}, words: primaryOf(service)?.rolloutStateReason ?? '' });
  }
  // A deployment or a scale out on its way is missing tasks too, without anything being wrong.
  const onItsWay =
    causes.length === 0 && ((service.pendingCount ?? 0) > 0 || primaryOf(service)?.rolloutState === 'IN_PROGRESS');
  if (runningCount < desiredCount && !onItsWay)
    causes.push({ kind: 'below-desired', args: { running: runningCount, desired: desiredCount } });
  return causes;
}

function healthOf(service: Service, causes: readonly Cause[]): Health {
  const { runningCount = 0, desiredCount = 0 } = service;
  if (desiredCount > 0 && runningCount === 0) return 'down';
  if (causes.length > 0) return 'degraded';
  return steady(service) ? 'healthy' : 'changing';
}

function hindrances(service: Service, scalable: ScalableTarget | undefined): Status['hindrances'] {
  if (service.status === 'DRAINING') return { scale: 'draining', deploy: 'draining' };
  const foreign = service.deploymentController?.type !== undefined && service.deploymentController.type !== 'ECS';
  const deploying = primaryOf(service)?.rolloutState === 'IN_PROGRESS';
  return {
    ...(scalable ? {} : { scale: 'no-scalable-target' as const }),
    ...(foreign ? { deploy: 'controller' as const } : deploying ? { deploy: 'deploying' as const } : {}),
  };
}

/** In the words of the API: `ROLLING 100–200%, circuit breaker with rollback`. */
function strategyOf(service: Service): string {
  const settings = service.deploymentConfiguration;
  const kind = settings?.strategy ?? 'ROLLING';
  const share = `${settings?.minimumHealthyPercent ?? 100}–${settings?.maximumPercent ?? 200}%`;
  const breaker = settings?.deploymentCircuitBreaker;
  if (!breaker?.enable) return `${kind} ${share}`;
  return `${kind} ${share}, circuit breaker${breaker.rollback ? ' + rollback' : ''}`;
}

function consoleOf({ region, group, name }: Target): string {
  return `https://${region}.console.aws.amazon.com/ecs/v2/clusters/${encodeURIComponent(group)}/services/${encodeURIComponent(name)}/health?region=${region}`;
}

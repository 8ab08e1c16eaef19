// The state of a service: two calls side by side for the numbers, more only for what is not well.
import type { ScalableTarget } from '@aws-sdk/client-application-auto-scaling';
import type { Deployment, Service } from '@aws-sdk/client-ecs';
import type { Capacity, Cause, Clock, Health, Status, Target } from '../../core/ports.ts';
import { capacityOf, withHealth } from './capacity.ts';
import { applications, imageOf, labelOf, shortDigest } from './containers.ts';
import { complains, noRoom } from './events.ts';
import type { Lookups } from './lookups.ts';
import { recent, stopCauses } from './stops.ts';

export async function status(find: Lookups, clock: Clock, target: Target): Promise<Status> {
  const [service, scalable] = await Promise.all([find.service(target), find.scalable(target)]);
  const running = runs(service);
  const rough = capacityOf(service, scalable);
  const well = steady(service) && !complains(service, clock.now() - recent);
  const [defined, failures, capacity] = await Promise.all([
    find.definition(target.region, running),
    well ? [] : stopCauses(find, clock, target),
    well ? rough : withHealth(find, target, { service, capacity: rough }),
  ]);
  const causes = well ? [] : troubles(service, capacity, failures, clock.now());
  const primary = primaryOf(service);
  const container = applications(service, defined)[0];
  const { digest } = imageOf(container?.image ?? '');
  const label = labelOf(service, defined);
  const since = primary?.createdAt ? { since: primary.createdAt.getTime() } : {};
  return {
    target,
    at: clock.now(),
    health: healthOf(service, capacity, causes),
    causes,
    capacity,
    version: {
      label,
      ref: running,
      ...(container?.name ? { container: container.name } : {}),
      ...(digest ? { digest: shortDigest(digest) } : {}),
      ...since,
    },
    ...(isDeploying(service) ? { changing: { version: label, ...since } } : {}),
    hindrances: hindrances(service, scalable),
    strategy: strategyOf(service),
    console: consoleOf(target),
  };
}

/** The service's own tags. */
export async function tags(find: Lookups, target: Target): Promise<Readonly<Record<string, string>>> {
  const own = (await find.service(target)).tags ?? [];
  return Object.fromEntries(own.map(({ key = '', value = '' }) => [key, value]));
}

/** The task definition asked for last; services of CodeDeploy keep it in task sets. */
export function runs(service: Service): string {
  const primary = service.taskSets?.find((set) => set.status === 'PRIMARY')?.taskDefinition;
  return service.taskDefinition ?? primary ?? '';
}

export function primaryOf(service: Service): Deployment | undefined {
  return service.deployments?.find((deployment) => deployment.status === 'PRIMARY');
}

function isDeploying(service: Service): boolean {
  return primaryOf(service)?.rolloutState === 'IN_PROGRESS';
}

/** Nothing is moving and nothing is missing. */
export function steady(service: Service): boolean {
  const state = primaryOf(service)?.rolloutState;
  const settled = state === undefined || state === 'COMPLETED';
  return settled && (service.runningCount ?? 0) >= (service.desiredCount ?? 0) && (service.pendingCount ?? 0) === 0;
}

function troubles(service: Service, { running, desired, pending }: Capacity, failures: Cause[], now: number): Cause[] {
  const causes = [...failures, ...noRoom(service, now - recent)];
  const primary = primaryOf(service);
  if (primary?.rolloutState === 'FAILED') {
    causes.push({ kind: 'update-failed', args: {}, words: primary.rolloutStateReason ?? '' });
  }
  // A deployment or a scale out on its way is missing tasks too, without anything being wrong.
  const onItsWay = causes.length === 0 && (pending > 0 || isDeploying(service));
  if (running < desired && !onItsWay) causes.push({ kind: 'below-desired', args: { running, desired } });
  return causes;
}

function healthOf(service: Service, capacity: Capacity, causes: readonly Cause[]): Health {
  if (capacity.desired > 0 && capacity.running === 0) return 'down';
  if (causes.length > 0) return 'degraded';
  return steady(service) && capacity.healthy >= capacity.running ? 'healthy' : 'changing';
}

function hindrances(service: Service, scalable: ScalableTarget | undefined): Status['hindrances'] {
  if (service.status === 'DRAINING') return { scale: 'draining', deploy: 'draining' };
  const foreign = service.deploymentController?.type !== undefined && service.deploymentController.type !== 'ECS';
  const deploy = foreign ? 'controller' : isDeploying(service) ? 'deploying' : undefined;
  return { ...(scalable ? {} : { scale: 'no-scalable-target' as const }), ...(deploy ? { deploy } : {}) };
}

/** In the words of the API: `ROLLING 100–200%, circuit breaker + rollback`. */
function strategyOf(service: Service): string {
  const controller = service.deploymentController?.type ?? 'ECS';
  if (controller !== 'ECS') return controller;
  const settings = service.deploymentConfiguration;
  const share = `${settings?.minimumHealthyPercent ?? 100}–${settings?.maximumPercent ?? 200}%`;
  const name = `${settings?.strategy ?? 'ROLLING'} ${share}`;
  const breaker = settings?.deploymentCircuitBreaker;
  if (!breaker?.enable) return name;
  return `${name}, circuit breaker${breaker.rollback ? ' + rollback' : ''}`;
}

function consoleOf({ region, group, name }: Target): string {
  const path = `ecs/v2/clusters/${encodeURIComponent(group)}/services/${encodeURIComponent(name)}/health`;
  return `https://${region}.console.aws.amazon.com/${path}?region=${region}`;
}

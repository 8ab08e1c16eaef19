// A look at a service in neutral terms.
import type { Cause, Health, Status, Target } from '../core/ports.ts';
import type { Look } from './ecs-look.ts';
import { artifactOf } from './ecs-version.ts';

export function ecsStatus(target: Target, seen: Look): Status {
  const { service, capacity, running, coming } = seen;
  const health = healthOf(seen);
  const strategy = strategyOf(seen);
  const version = running && { ...artifactOf(service, running.definition), ...sinceOf(running) };
  const changing = coming && { version: artifactOf(service, coming.definition).label, ...sinceOf(coming) };
  return {
    target,
    at: seen.at,
    health,
    causes: causesOf(seen, health),
    capacity,
    ...(version ? { version } : {}),
    ...(changing ? { changing } : {}),
    hindrances: hindrancesOf(seen),
    ...(strategy ? { strategy } : {}),
    console: `https://${target.region}.console.aws.amazon.com/ecs/v2/clusters/${target.group}/services/${target.name}/health?region=${target.region}`,
  };
}

function sinceOf({ since }: { since?: number }) {
  return since === undefined ? {} : { since };
}

/** Down: nothing runs that should. Degraded: too few, or tasks failed lately. Changing: on its way, and nothing failed. */
export function healthOf({ service, capacity, causes, coming }: Look): Health {
  const { desired, running, healthy, pending } = capacity;
  const failed = (service.deployments ?? []).some((one) => one.rolloutState === 'FAILED');
  const moving = coming !== undefined || pending > 0;
  if (desired > 0 && running === 0) return moving && causes.length === 0 && !failed ? 'changing' : 'down';
  if (causes.length > 0 || failed) return 'degraded';
  if (moving || healthy < running) return 'changing';
  return running < desired ? 'degraded' : 'healthy';
}

function causesOf({ capacity, causes }: Look, health: Health): Cause[] {
  const { running, desired } = capacity;
  if (running >= desired || health === 'changing') return causes;
  return [...causes, { kind: 'below-desired', args: { running, desired } }];
}

function hindrancesOf({ service, scalable, coming }: Look): Status['hindrances'] {
  if (service.status === 'DRAINING') return { scale: 'draining', deploy: 'draining' };
  const controller = service.deploymentController?.type ?? 'ECS';
  const deploy = controller === 'ECS' ? (coming ? 'deploying' : undefined) : 'controller';
  return { ...(scalable ? {} : { scale: 'no-scalable-target' }), ...(deploy ? { deploy } : {}) };
}

function strategyOf({ service }: Look): string | undefined {
  const { strategy, deploymentCircuitBreaker: breaker } = service.deploymentConfiguration ?? {};
  const controller = service.deploymentController?.type;
  const name = strategy ?? (controller === 'ECS' ? 'ROLLING' : controller);
  if (!name) return undefined;
  return breaker?.enable ? `${name} + circuit breaker${breaker.rollback ? ' (rollback)' : ''}` : name;
}

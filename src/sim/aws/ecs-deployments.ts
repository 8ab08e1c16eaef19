// Deployments of a service: how one begins, completes, fails by the circuit breaker, and goes back.
// https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-circuit-breaker.html
import { note } from './ecs-events.ts';
import type { Deployment, EcsService, ServiceDeployment } from './ecs-types.ts';
import type { World } from './world.ts';

/** Failed tasks in a row that trip the breaker: half of the desired count, at least 3, at most 200. */
export function breakerThreshold(service: EcsService): number {
  return Math.min(200, Math.max(3, Math.ceil(service.desired * 0.5)));
}

/** A new primary deployment of `taskDefinition`; one under way is superseded. */
export function beginDeployment(world: World, service: EcsService, taskDefinition: string): Deployment {
  const now = world.timeline.now();
  const place = `${service.cluster.name}/${service.name}`;
  const prefix = `arn:aws:ecs:${service.cluster.region}:${world.account}`;
  const revision = `${prefix}:service-revision/${place}/${world.ids.digits(19)}`;
  const sources = service.lastGood ? [service.lastGood.revision] : [];
  supersede(world, service);
  service.revisions.unshift({ arn: revision, taskDefinition, createdAt: now });
  const made: ServiceDeployment = {
    arn: `${prefix}:service-deployment/${place}/${world.ids.mixed(21)}`,
    status: 'IN_PROGRESS',
    createdAt: now,
    startedAt: now,
    updatedAt: now,
    sources,
    target: revision,
    breaker: {
      status: service.breaker.enable ? 'MONITORING' : 'DISABLED',
      count: 0,
      threshold: breakerThreshold(service),
    },
  };
  if (service.controller === 'ECS') service.serviceDeployments.unshift(made);
  const id = `ecs-svc/${world.ids.digits(19)}`;
  const deployment: Deployment = {
    id,
    taskDefinition,
    revision,
    createdAt: now,
    updatedAt: now,
    state: 'IN_PROGRESS',
    reason: `ECS deployment ${id} in progress.`,
    failed: 0,
    inARow: 0,
    waitUntil: 0,
    serviceDeployment: made,
  };
  service.deployments.unshift(deployment);
  return deployment;
}

function supersede(world: World, service: EcsService): void {
  const current = service.deployments[0]?.serviceDeployment;
  if (!current || !isUnderWay(current)) return;
  const now = world.timeline.now();
  Object.assign(current, { status: 'STOPPED', stoppedAt: now, finishedAt: now, updatedAt: now });
  current.statusReason = 'Service deployment was superseded by a newer service deployment.';
  endStages(current);
}

/** Nothing waits any more in a deployment that goes no further. */
function endStages(made: ServiceDeployment): void {
  delete made.stage;
  for (const run of made.hooks ?? []) if (run.status === 'AWAITING_ACTION') run.status = 'FAILED';
}

export function isUnderWay(deployment: ServiceDeployment): boolean {
  return ['PENDING', 'IN_PROGRESS', 'ROLLBACK_REQUESTED', 'ROLLBACK_IN_PROGRESS'].includes(deployment.status);
}

/** Everything runs and is healthy: the primary is what a later rollback goes back to. */
export function completeDeployment(world: World, service: EcsService, primary: Deployment): void {
  const now = world.timeline.now();
  Object.assign(primary, { state: 'COMPLETED', updatedAt: now, reason: `ECS deployment ${primary.id} completed.` });
  service.deployments = [primary];
  service.lastGood = primary;
  const made = primary.serviceDeployment;
  if (made && isUnderWay(made)) {
    made.status = made.rollback ? 'ROLLBACK_SUCCESSFUL' : 'SUCCESSFUL';
    if (made.breaker.status === 'MONITORING') made.breaker.status = 'MONITORING_COMPLETE';
    Object.assign(made, { finishedAt: now, updatedAt: now });
  }
  note(world, service, `(deployment ${primary.id}) deployment completed.`);
}

/** One more task of `deployment` ended before it was well, or crashed later. */
export function countFailure(world: World, service: EcsService, deployment: Deployment): void {
  const now = world.timeline.now();
  deployment.failed += 1;
  deployment.inARow += 1;
  deployment.updatedAt = now;
  const wait = deployment.state === 'COMPLETED' ? 140_000 : Math.min(900_000, 5000 * 2 ** (deployment.inARow - 3));
  if (deployment.state === 'COMPLETED' || deployment.inARow >= 3) {
    deployment.waitUntil = Math.max(deployment.waitUntil, now + wait / world.timeline.speed());
  }
  if (deployment.inARow % 10 === 3) {
    note(world, service, 'is unable to consistently start tasks successfully.');
  }
  const made = deployment.serviceDeployment;
  const watched = made && made.breaker.status === 'MONITORING' && deployment === service.deployments[0];
  if (!watched || deployment.state !== 'IN_PROGRESS') return;
  made.breaker.count = deployment.inARow;
  made.updatedAt = now;
  if (deployment.inARow >= made.breaker.threshold) trip(world, service, deployment, made);
}

function trip(world: World, service: EcsService, deployment: Deployment, made: ServiceDeployment): void {
  made.breaker.status = 'TRIGGERED';
  const { rollback } = service.breaker;
  failDeployment(world, service, deployment, { words: 'tasks failed to start.', by: 'breaker', rollback });
}

const failures = {
  breaker: {
    name: 'ECS deployment circuit breaker',
    back: 'Service deployment rolled back because the circuit breaker threshold was exceeded.',
    stopped: 'Deployment circuit breaker was triggered.',
  },
  alarm: {
    name: 'ECS deployment alarm',
    back: 'Service deployment rolled back because of a CloudWatch alarm.',
    stopped: 'Deployment alarm was triggered.',
  },
};

/** Ends a deployment that does not go well: it goes back where it may and can, else it stops as it is. */
export function failDeployment(
  world: World,
  service: EcsService,
  deployment: Deployment,
  { words, by, rollback }: { words: string; by: keyof typeof failures; rollback: boolean },
): void {
  const made = deployment.serviceDeployment;
  if (!made) return;
  const { name, back, stopped } = failures[by];
  deployment.state = 'FAILED';
  deployment.reason = `${name}: ${words}`;
  note(world, service, `(deployment ${deployment.id}) deployment failed: ${words}`);
  if (rollback && service.lastGood && !made.rollback) {
    rollBack(world, service, back, name);
    return;
  }
  const now = world.timeline.now();
  const status = made.rollback ? 'ROLLBACK_FAILED' : 'STOPPED';
  Object.assign(made, { status, statusReason: stopped, stoppedAt: now, finishedAt: now, updatedAt: now });
  endStages(made);
}

/** Makes the deployment that last ended well primary again; false when there is none. */
export function rollBack(world: World, service: EcsService, reason: string, cause = 'ECS deployment stopped'): boolean {
  const target = service.lastGood;
  const failing = service.deployments[0];
  const made = failing?.serviceDeployment;
  if (!target || !failing || !made || target === failing) return false;
  const now = world.timeline.now();
  Object.assign(made, { status: 'ROLLBACK_IN_PROGRESS', statusReason: reason, updatedAt: now });
  made.rollback = { reason, startedAt: now, serviceRevisionArn: target.revision };
  if (failing.state === 'IN_PROGRESS') Object.assign(failing, { state: 'FAILED', updatedAt: now, reason });
  endStages(made);
  Object.assign(target, { state: 'IN_PROGRESS', updatedAt: now, inARow: 0, waitUntil: 0, serviceDeployment: made });
  target.reason = `${cause}: rolling back to deploymentId ${target.id}`;
  service.deployments = [target, ...service.deployments.filter((it) => it !== target)];
  note(world, service, `rolling back to deployment ${target.id}.`);
  return true;
}

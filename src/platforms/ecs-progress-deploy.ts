// How far a deployment of a service has come, by its service deployment and, where AWS has none, by the service itself.
// https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-deployment.html
import type { Deployment, ServiceDeploymentBrief } from '@aws-sdk/client-ecs';
import type { Cause, Progress, Step, StepState, Target } from '../core/ports.ts';
import { causesOfTasks } from './ecs-causes.ts';
import { deploymentsTo, skew } from './ecs-deployment.ts';
import type { Look } from './ecs-look.ts';
import type { EcsReads } from './ecs-reads.ts';
import { artifactOf } from './ecs-version.ts';

type State = Progress['state'];

export async function deployProgress(
  target: Target,
  about: { definition: string; since: number; seen: Look },
  reads: EcsReads,
): Promise<Progress> {
  const { definition, seen, since } = about;
  const [made] = await deploymentsTo(reads, target, definition, since);
  const ours = (seen.service.deployments ?? []).find((one) => one.taskDefinition === definition);
  const state = stateOf(seen, definition, since, { made, ours });
  const back = state === 'failed' || state === 'rolled-back' || state === 'rolling-back';
  const cause = back || (ours?.failedTasks ?? 0) > 0 ? await causeOf(target, about, reads, made) : undefined;
  const { running, service } = seen;
  return {
    state,
    capacity: seen.capacity,
    updated: ours?.runningCount ?? 0,
    steps: stepsOf(state, seen, definition, ours),
    ...(cause ? { cause } : {}),
    ...(state === 'rolled-back' && running ? { version: artifactOf(service, running.definition).label } : {}),
  };
}

function stateOf(
  seen: Look,
  definition: string,
  since: number,
  { made, ours }: { made?: ServiceDeploymentBrief; ours?: Deployment },
): State {
  switch (made?.status) {
    case 'SUCCESSFUL':
      if (!isPrimary(seen, definition)) return 'failed';
      return isSettled(seen) ? 'done' : 'running';
    case 'ROLLBACK_SUCCESSFUL':
      return isSettled(seen) ? 'rolled-back' : 'rolling-back';
    case 'ROLLBACK_REQUESTED':
    case 'ROLLBACK_IN_PROGRESS':
    case 'STOP_REQUESTED':
      return 'rolling-back';
    // Stopped without a rollback: replaced by somebody else's deployment, or the breaker tripped with nowhere to go.
    case 'ROLLBACK_FAILED':
    case 'STOPPED':
      return 'failed';
    case 'PENDING':
    case 'IN_PROGRESS':
      return 'running';
    default:
  }
  if (ours?.rolloutState === 'FAILED') return 'failed';
  if (isPrimary(seen, definition)) return ours?.rolloutState === 'COMPLETED' && isSettled(seen) ? 'done' : 'running';
  return seen.at - since > skew ? 'failed' : 'running';
}

function isPrimary({ service }: Look, definition: string): boolean {
  return (service.deployments ?? []).some((one) => one.status === 'PRIMARY' && one.taskDefinition === definition);
}

/** As many healthy tasks as wanted, and no deployment under way. */
function isSettled({ capacity, service }: Look): boolean {
  const over = (service.deployments ?? []).every((one) => one.status !== 'PRIMARY' || one.rolloutState === 'COMPLETED');
  return over && capacity.healthy >= capacity.desired && capacity.running >= capacity.desired;
}

async function causeOf(
  target: Target,
  { definition, seen, since }: { definition: string; seen: Look; since: number },
  reads: EcsReads,
  made: ServiceDeploymentBrief | undefined,
): Promise<Cause | undefined> {
  const stopped = await reads.tasks(target, 'STOPPED');
  const own = stopped.filter((task) => task.taskDefinitionArn === definition);
  const [cause] = causesOfTasks(own, since - skew);
  if (cause) return cause;
  const words = made?.statusReason;
  if (made?.status === undefined || made.status === 'PENDING' || made.status === 'IN_PROGRESS') return undefined;
  const { running, capacity } = seen;
  if (made.status === 'STOPPED' && running && running.definition.arn !== definition) {
    const version = artifactOf(seen.service, running.definition).label;
    return { kind: 'wrong-version', args: { count: capacity.running, version }, ...(words ? { words } : {}) };
  }
  return { kind: 'update-failed', args: {}, ...(words ? { words } : {}) };
}

function stepsOf(state: State, seen: Look, definition: string, ours: Deployment | undefined): Step[] {
  const { desired } = seen.capacity;
  const started = (ours?.runningCount ?? 0) + (ours?.pendingCount ?? 0);
  const left = (seen.service.deployments ?? [])
    .filter((one) => one.taskDefinition !== definition)
    .reduce((sum, one) => sum + (one.runningCount ?? 0), 0);
  const ended = state !== 'running' && state !== 'done';
  const step = (isDone: boolean, isBegun: boolean): StepState => {
    if (state === 'done' || isDone) return 'done';
    if (ended) return 'failed';
    return isBegun ? 'running' : 'waiting';
  };
  const up = (ours?.runningCount ?? 0) >= desired;
  return [
    { kind: 'start', state: step(!ended && up, ours !== undefined), started, desired },
    { kind: 'health', state: step(false, (ours?.runningCount ?? 0) > 0) },
    { kind: 'old', state: step(!ended && up && left === 0, up), left },
  ];
}

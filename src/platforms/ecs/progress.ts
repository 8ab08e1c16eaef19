// How far a deployment of a service has come, by its service deployment and, until AWS shows that, by the service itself.
import type { Deployment, Service, ServiceDeploymentBrief } from '@aws-sdk/client-ecs';
import type { Capacity, Cause, Clock, Progress, Step, StepState, Target } from '../../core/ports.ts';
import type { Api } from './api.ts';
import { capacityOf, withHealth } from './capacity.ts';
import { labelOf } from './containers.ts';
import { deploymentTo, skew } from './deployments.ts';
import { pauseOf } from './hooks.ts';
import type { Lookups } from './lookups.ts';
import { runs, steady } from './status.ts';
import { stopCauses } from './stops.ts';

type State = Progress['state'];
type Seen = {
  service: Service;
  capacity: Capacity;
  made?: ServiceDeploymentBrief;
  /** Among the service's deployments. */
  ours?: Deployment;
  isPrimary: boolean;
  /** Milliseconds since the operation was claimed. */
  age: number;
};

/** `definition`: the task definition that was deployed; `restarted`: it ran before already. */
export async function deployProgress(
  api: Api,
  find: Lookups,
  clock: Clock,
  target: Target,
  { definition, since, restarted = false }: { definition: string; since: number; restarted?: boolean },
): Promise<Progress> {
  const [service, scalable, made] = await Promise.all([
    find.service(target),
    find.scalable(target),
    deploymentTo(api, target, definition, since),
  ]);
  const capacity = await withHealth(find, target, { service, capacity: capacityOf(service, scalable) });
  const ours = ownOf(service, definition, restarted ? since - skew : 0);
  const seen: Seen = { service, capacity, made, ours, isPrimary: ours?.status === 'PRIMARY', age: clock.now() - since };
  const state = stateOf(seen);
  const [cause, version, pause] = await Promise.all([
    causeOf(find, clock, target, { state, seen, definition }),
    state === 'rolled-back' || state === 'failed' ? versionOf(find, target, service) : undefined,
    state === 'running' ? pauseOf(api, target, service, made) : undefined,
  ]);
  return {
    state,
    capacity,
    updated: ours?.runningCount ?? 0,
    steps: stepsOf(seen, state),
    ...(cause ? { cause } : {}),
    ...(version && !seen.isPrimary ? { version } : {}),
    ...(pause ? { pause } : {}),
  };
}

const began = (one: Deployment): number => one.createdAt?.getTime() ?? 0;

/** The newest deployment to the task definition, if it began after `from`. */
function ownOf({ deployments = [] }: Service, definition: string, from: number): Deployment | undefined {
  const own = deployments.filter((one) => one.taskDefinition === definition && began(one) >= from);
  return own.toSorted((a, b) => began(b) - began(a))[0];
}

function stateOf({ made, ours, service, capacity, isPrimary, age }: Seen): State {
  const settled = steady(service) && capacity.healthy >= capacity.desired;
  switch (made?.status) {
    case 'ROLLBACK_SUCCESSFUL':
      return settled ? 'rolled-back' : 'rolling-back';
    case 'ROLLBACK_REQUESTED':
    case 'ROLLBACK_IN_PROGRESS':
    case 'STOP_REQUESTED':
      return 'rolling-back';
    // Stopped without going back: another deployment replaced it, or the breaker tripped with nothing to go back to.
    case 'ROLLBACK_FAILED':
    case 'STOPPED':
      return 'failed';
    case 'PENDING':
    case 'IN_PROGRESS':
      return ours?.rolloutState === 'FAILED' ? 'failed' : 'running';
    default:
  }
  if (isPrimary && ours?.rolloutState === 'FAILED') return 'failed';
  if (isPrimary) return ours?.rolloutState !== 'IN_PROGRESS' && settled ? 'done' : 'running';
  // Nothing of ours to be seen: AWS may still show it, or somebody has deployed over it.
  return made === undefined && age < skew ? 'running' : 'failed';
}

async function causeOf(
  find: Lookups,
  clock: Clock,
  target: Target,
  { state, seen, definition }: { state: State; seen: Seen; definition: string },
): Promise<Cause | undefined> {
  const ended = state !== 'running' && state !== 'done';
  if (!ended && (state === 'done' || (seen.ours?.failedTasks ?? 0) === 0)) return undefined;
  const [worst] = await stopCauses(find, clock, target, definition);
  if (worst || !ended) return worst;
  const said = seen.made?.statusReason ?? seen.ours?.rolloutStateReason;
  const words = said ? { words: said } : {};
  const replaced = state === 'failed' && !seen.isPrimary;
  if (!replaced) return { kind: 'update-failed', args: {}, ...words };
  const version = labelOf(seen.service, await find.definition(target.region, definition));
  return { kind: 'wrong-version', args: { count: seen.capacity.running, version }, ...words };
}

async function versionOf(find: Lookups, target: Target, service: Service): Promise<string> {
  return labelOf(service, await find.definition(target.region, runs(service)));
}

/** Tasks of other deployments. */
function running({ service, ours }: Seen): number {
  const others = (service.deployments ?? []).filter((one) => one !== ours);
  return others.reduce((sum, one) => sum + (one.runningCount ?? 0), 0);
}

function stepsOf(seen: Seen, state: State): Step[] {
  if (state === 'running' || state === 'done') return forth(seen, state);
  return state === 'failed' ? stuck(seen) : back(seen, state);
}

function forth(seen: Seen, state: State): Step[] {
  const { ours, capacity } = seen;
  const left = running(seen);
  const started = ours?.runningCount ?? 0;
  const all = started >= capacity.desired;
  const done = state === 'done';
  const step = (isOver: boolean, isBegun: boolean): StepState =>
    done || isOver ? 'done' : isBegun ? 'running' : 'waiting';
  return [
    { kind: 'start', state: step(all, ours !== undefined), started, desired: capacity.desired },
    { kind: 'old', state: step(all && left === 0, all), left },
    { kind: 'health', state: step(false, all && left === 0) },
  ];
}

/** The old tasks are what counts on the way back; the new ones only go. */
function back(seen: Seen, state: State): Step[] {
  const { service, capacity } = seen;
  const desired = service.desiredCount ?? 0;
  const healthy = Math.min(running(seen), capacity.healthy);
  const isBack = state === 'rolled-back';
  return [
    { kind: 'capacity', state: isBack || healthy >= desired ? 'done' : 'running', healthy, desired },
    { kind: 'health', state: isBack ? 'done' : healthy >= desired ? 'running' : 'waiting' },
  ];
}

/** Nothing moves any more: how far the new tasks had come, and what runs instead. */
function stuck(seen: Seen): Step[] {
  const { service, ours } = seen;
  return [
    { kind: 'start', state: 'failed', started: ours?.runningCount ?? 0, desired: service.desiredCount ?? 0 },
    { kind: 'old', state: 'failed', left: running(seen) },
    { kind: 'health', state: 'failed' },
  ];
}

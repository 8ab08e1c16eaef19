// How far a change of a service has come, by what AWS shows now.
import type { Service } from '@aws-sdk/client-ecs';
import type { Capacity, Cause, Change, Clock, Progress, Sizes, Step, Target } from '../../core/ports.ts';
import type { Api } from './api.ts';
import { labelOf } from './containers.ts';
import { deploymentOf } from './deploy.ts';
import type { Lookups } from './lookups.ts';
import { capacityOf, primaryOf, steady } from './status.ts';
import { stopCauses } from './stops.ts';

/** How long AWS may take to show numbers it has accepted. */
const settling = 30_000;
type About = { change: Change; handle?: string; since: number };

export function progress(api: Api, find: Lookups, clock: Clock, target: Target, about: About): Promise<Progress> {
  return about.change.kind === 'scale'
    ? scaling(find, api, clock, target, about.change.sizes, about.since)
    : deploying(api, find, clock, target, about);
}

async function scaling(
  find: Lookups,
  api: Api,
  clock: Clock,
  target: Target,
  sizes: Sizes,
  since: number,
): Promise<Progress> {
  const [service, scalable] = await Promise.all([find.service(target), find.scalable(target)]);
  const capacity = await withHealth(api, target, capacityOf(service, scalable));
  const set =
    (sizes.min === undefined || sizes.min === capacity.min) &&
    (sizes.max === undefined || sizes.max === capacity.max) &&
    (sizes.desired === undefined || sizes.desired === capacity.desired);
  const inside = (capacity.min ?? 0) <= capacity.desired && capacity.desired <= (capacity.max ?? capacity.desired);
  const there =
    set && inside && steady(service) && capacity.running === capacity.desired && capacity.healthy >= capacity.desired;
  const steps: Step[] = [
    { kind: 'numbers', state: set ? 'done' : 'running' },
    {
      kind: 'capacity',
      state: there ? 'done' : set ? 'running' : 'waiting',
      healthy: capacity.healthy,
      desired: capacity.desired,
    },
  ];
  if (there) return { state: 'done', capacity, steps };
  // Accepted and gone again: somebody else has set other numbers since.
  if (!set && clock.now() - since > settling)
    return { state: 'failed', capacity, steps, cause: { kind: 'update-failed', args: {} } };
  const [cause] = set && capacity.healthy < capacity.desired ? await stopCauses(api, clock, target) : [];
  return { state: 'running', capacity, steps, ...(cause ? { cause } : {}) };
}

/** A task whose container fails its own health check runs, but does not serve. */
async function withHealth(api: Api, target: Target, capacity: Capacity): Promise<Capacity> {
  const { taskArns = [] } = await api.tasks(target.region, target.group, target.name, 'RUNNING');
  if (taskArns.length === 0) return capacity;
  const { tasks = [] } = await api.describeTasks(target.region, target.group, taskArns);
  const sick = tasks.filter((task) => task.lastStatus === 'RUNNING' && task.healthStatus === 'UNHEALTHY').length;
  return { ...capacity, healthy: Math.max(0, capacity.running - sick) };
}

async function deploying(
  api: Api,
  find: Lookups,
  clock: Clock,
  target: Target,
  { handle = '', since }: About,
): Promise<Progress> {
  const [service, scalable] = await Promise.all([find.service(target), find.scalable(target)]);
  const capacity = await withHealth(api, target, capacityOf(service, scalable));
  const primary = primaryOf(service);
  const ours = service.deployments?.find((one) => one.taskDefinition === handle);
  const updated = ours?.runningCount ?? 0;
  if (primary?.taskDefinition === handle) {
    const cause = (ours?.failedTasks ?? 0) > 0 ? (await stopCauses(api, clock, target, handle))[0] : undefined;
    const steps = rollingSteps(service, handle, capacity);
    const more = { capacity, updated, steps, ...(cause ? { cause } : {}) };
    if (primary.rolloutState === 'FAILED')
      return { state: 'failed', ...more, cause: cause ?? failure(primary.rolloutStateReason) };
    return { state: primary.rolloutState === 'COMPLETED' && steady(service) ? 'done' : 'running', ...more };
  }
  return wentBack(api, find, clock, target, { service, capacity, updated, handle, since });
}

/** Another task definition is primary: AWS went back, or somebody deployed over it. */
async function wentBack(
  api: Api,
  find: Lookups,
  clock: Clock,
  target: Target,
  seen: { service: Service; capacity: Capacity; updated: number; handle: string; since: number },
): Promise<Progress> {
  const { service, capacity, updated } = seen;
  const [deployment, [cause], now] = await Promise.all([
    deploymentOf(api, target, seen.handle, seen.since),
    stopCauses(api, clock, target, seen.handle),
    find.definition(target.region, service.taskDefinition ?? ''),
  ]);
  const version = labelOf(service, now);
  const state = deployment?.status ?? '';
  const why = cause ?? failure(deployment?.statusReason);
  const left = service.deployments?.find((one) => one.taskDefinition === seen.handle)?.runningCount ?? 0;
  const steps: Step[] = [
    { kind: 'old', state: left > 0 ? 'running' : 'done', left },
    { kind: 'health', state: steady(service) ? 'done' : 'running' },
  ];
  const base = { capacity, updated, steps, version };
  if (/^(ROLLBACK|STOP)/u.test(state)) {
    return {
      state: steady(service) && left === 0 ? 'rolled-back' : 'rolling-back',
      ...base,
      ...(/ROLLBACK_FAILED/u.test(state) ? { state: 'failed' } : {}),
      cause: why,
    };
  }
  return {
    state: 'failed',
    ...base,
    cause: { kind: 'wrong-version', args: { count: capacity.running, version: version } },
  };
}

function failure(words: string | undefined): Cause {
  return { kind: 'update-failed', args: {}, ...(words ? { words } : {}) };
}

function rollingSteps(service: Service, handle: string, capacity: Capacity): Step[] {
  const ours = service.deployments?.find((one) => one.taskDefinition === handle);
  const left = (service.deployments ?? [])
    .filter((one) => one.taskDefinition !== handle)
    .reduce((sum, one) => sum + (one.runningCount ?? 0), 0);
  const started = ours?.runningCount ?? 0;
  const all = started >= capacity.desired;
  const failed = ours?.rolloutState === 'FAILED';
  const settled = ours?.rolloutState === 'COMPLETED';
  return [
    { kind: 'start', state: failed ? 'failed' : all ? 'done' : 'running', started, desired: capacity.desired },
    { kind: 'old', state: left === 0 && all ? 'done' : all ? 'running' : 'waiting', left },
    { kind: 'health', state: failed ? 'failed' : settled ? 'done' : all && left === 0 ? 'running' : 'waiting' },
  ];
}

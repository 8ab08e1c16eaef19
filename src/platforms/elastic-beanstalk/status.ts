// The state of environments: everything about one is asked for side by side, and of many only the causes of those not well
// one round later, because health is asked for one environment at a time.
import type { EnvironmentDescription } from '@aws-sdk/client-elastic-beanstalk';
import type { Capacity, Cause, Clock, Health, Hindrance, Status, Target } from '../../core/ports.ts';
import { isFor } from '../../aws-errors.ts';
import type { Api } from './api.ts';
import { causesOf } from './causes.ts';
import type { Instance, Lookups } from './lookups.ts';
import type { Settings } from './settings.ts';

export type Seen = {
  environment: EnvironmentDescription;
  settings: Settings;
  instances: readonly Instance[];
  causes: Cause[];
  capacity: Capacity;
  health: Health;
};

/** Everything that tells how an environment is. `eager`: causes are asked for before it is known that there are any. */
export async function look(api: Api, find: Lookups, target: Target, eager = false): Promise<Seen> {
  // First, so that an environment that is gone is told as that.
  const there = find.environment(target);
  const more = Promise.all([find.settings(target), find.instances(target), eager ? worries(api, target) : undefined]);
  more.catch(() => undefined);
  const environment = await there;
  const [settings, instances, known] = await more;
  const capacity = capacityOf(environment, settings, instances);
  const health = healthOf(environment);
  const well = health === 'healthy' || (environment.Health === 'Green' && health === 'changing');
  const said = well ? [] : (known ?? (await worries(api, target)));
  const causes = causesOf(said, instances.length);
  if (!well && capacity.healthy < capacity.desired && causes.length === 0 && health !== 'changing') {
    causes.push({
      kind: 'instances-unhealthy',
      args: { count: capacity.desired - capacity.healthy, total: capacity.desired },
    });
  }
  return { environment, settings, instances, causes, capacity, health };
}

/** Only with enhanced health reporting; without it there are no causes to tell. */
async function worries(api: Api, target: Target): Promise<string[]> {
  try {
    const { Causes = [] } = await api.health(target.region, target.id, ['Causes']);
    return Causes;
  } catch (error) {
    if (isFor(error, 'invalid')) return [];
    throw error;
  }
}

/** How an environment is, in one round of calls where `alone`. */
export async function status(api: Api, find: Lookups, clock: Clock, target: Target, alone: boolean): Promise<Status> {
  const seen = await look(api, find, target, alone);
  const { environment, settings, instances } = seen;
  const label = environment.VersionLabel;
  const since = deployedAt(instances, label);
  const coming = isUpdating(environment)
    ? instances.find((one) => one.label !== undefined && one.label !== label)?.label
    : undefined;
  return {
    target,
    at: clock.now(),
    health: seen.health,
    causes: seen.causes,
    capacity: seen.capacity,
    ...(label ? { version: { label, ref: label, ...(since === undefined ? {} : { since }) } } : {}),
    ...(isUpdating(environment) ? { changing: coming ? { version: coming } : {} } : {}),
    hindrances: hindrances(environment, settings),
    strategy: strategyOf(settings),
    ...(environment.CNAME ? { address: environment.CNAME } : {}),
    console: consoleOf(target),
  };
}

export function isUpdating({ Status }: EnvironmentDescription): boolean {
  return Status !== undefined && Status !== 'Ready' && Status !== 'Terminated';
}

/** Instances that came later got it later; the version runs since the first of them has it. */
function deployedAt(instances: readonly Instance[], label: string | undefined): number | undefined {
  const times = instances.flatMap((one) =>
    one.label === label && one.deployedAt !== undefined ? [one.deployedAt] : [],
  );
  return times.length > 0 ? Math.min(...times) : undefined;
}

const byStatus: Record<string, Health> = {
  Ok: 'healthy',
  Info: 'healthy',
  Warning: 'degraded',
  Degraded: 'degraded',
  Severe: 'down',
};
const byColor: Record<string, Health> = { Green: 'healthy', Yellow: 'degraded', Red: 'down' };

/** Enhanced health where it is on, else the colour of basic health. An update is "changing" unless it hurts. */
export function healthOf(environment: EnvironmentDescription): Health {
  const { HealthStatus, Health: color = '' } = environment;
  const health = HealthStatus === undefined ? (byColor[color] ?? 'unknown') : (byStatus[HealthStatus] ?? 'unknown');
  const hurts = health === 'down' || HealthStatus === 'Degraded';
  return isUpdating(environment) && !hurts ? 'changing' : health;
}

function capacityOf(environment: EnvironmentDescription, settings: Settings, instances: readonly Instance[]): Capacity {
  const { min, max } = settings;
  const pending = instances.filter((one) => one.health === 'Pending').length;
  const basic = instances.some((one) => one.health === undefined);
  const well = basic
    ? environment.Health === 'Green'
      ? instances.length
      : 0
    : instances.filter((one) => one.health === 'Ok' || one.health === 'Info').length;
  return {
    unit: 'instances',
    min,
    max,
    // The Auto Scaling group's own number is not asked for: it is what is there, within the range.
    desired: Math.min(max, Math.max(min, instances.length)),
    running: instances.length - pending,
    healthy: well,
    pending,
  };
}

function hindrances(environment: EnvironmentDescription, { single }: Settings): Status['hindrances'] {
  if (environment.Status === 'Terminating') return { scale: 'draining', deploy: 'draining' };
  const ready: Hindrance | undefined = environment.Status === 'Ready' ? undefined : 'not-ready';
  const scale: Hindrance | undefined = single ? 'single-instance' : ready;
  return { ...(scale ? { scale } : {}), ...(ready ? { deploy: ready } : {}) };
}

/** In AWS's words: `Rolling, 30% at a time`, `TrafficSplitting, 5 min`. https://docs.aws.amazon.com/elasticbeanstalk/latest/dg/using-features.rolling-version-deploy.html */
function strategyOf({ policy, batch, split }: Settings): string {
  if (split) return `${policy}, ${split.minutes} min`;
  if (!policy.startsWith('Rolling')) return policy;
  return `${policy}, ${batch.size}${batch.unit === 'percent' ? '%' : ''} at a time`;
}

function consoleOf({ region, id }: Target): string {
  return `https://${region}.console.aws.amazon.com/elasticbeanstalk/home?region=${region}#/environment/dashboard?environmentId=${encodeURIComponent(id)}`;
}

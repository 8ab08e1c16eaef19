// How far a change of an environment has come, by what AWS shows now. Beanstalk never goes back by itself.
import type { Cause, Change, Clock, Progress, Sizes, Step, Target } from '../../core/ports.ts';
import type { Api } from './api.ts';
import { skew, updateOf, type Update } from './history.ts';
import { hasVersion, type Lookups } from './lookups.ts';
import { shortProgress } from './restart.ts';
import { look, type Seen } from './status.ts';

/** How long health may take to follow after the update is over. */
const grace = 5 * 60_000;
/** How long an environment may take to settle after an abort has left it Ready. */
const settle = 2 * 60_000;
/** Milliseconds since the operation was claimed, and since AWS last moved for it. */
type Times = { age: number; quiet: number };
type About = { change: Change; handle?: string; since: number };

export async function progress(api: Api, find: Lookups, clock: Clock, target: Target, about: About): Promise<Progress> {
  const { change, since } = about;
  if (change.kind === 'scale') return scaling(await look(api, find, target), change.sizes, clock.now() - since);
  if (change.kind === 'restart') return shortProgress(api, find, clock, target, { kind: 'restart', since });
  if (change.kind === 'swap')
    return shortProgress(api, find, clock, target, { kind: 'swap', other: change.other, since });
  const label = about.handle ?? change.artifact.ref;
  const [seen, own] = await Promise.all([look(api, find, target), updateOf(api, target, label, since)]);
  return deploying(seen, label, own, { age: clock.now() - since, quiet: clock.now() - lastMoved(seen, own) });
}

function scaling(seen: Seen, sizes: Sizes, age: number): Progress {
  const { capacity, environment, settings } = seen;
  const isSet = ({ min, max }: { min: number; max: number }) =>
    (sizes.min ?? sizes.desired ?? min) === min && (sizes.max ?? sizes.desired ?? max) === max;
  const set = isSet(settings);
  const ready = environment.Status === 'Ready';
  const enough =
    capacity.healthy >= capacity.desired && capacity.pending === 0 && capacity.running === capacity.desired;
  const done = set && ready && enough;
  // Ready with other numbers, long after they were taken: refused by AWS underneath, or set anew by somebody.
  const lost = !set && ready && age > skew;
  const [cause] = seen.causes;
  return {
    state: done ? 'done' : lost ? 'failed' : 'running',
    capacity,
    steps: [
      { kind: 'numbers', state: set ? 'done' : lost ? 'failed' : 'running' },
      {
        kind: 'capacity',
        state: done ? 'done' : set ? 'running' : 'waiting',
        healthy: capacity.healthy,
        desired: capacity.desired,
      },
    ],
    ...(lost ? { cause: { kind: 'update-failed', args: {} } } : cause && !done ? { cause } : {}),
  };
}

function lastMoved({ environment }: Seen, own: Update | undefined): number {
  return Math.max(own?.endedAt ?? own?.startedAt ?? 0, environment.DateUpdated?.getTime() ?? 0);
}

function deploying(seen: Seen, label: string, own: Update | undefined, times: Times): Progress {
  const { capacity, environment, instances } = seen;
  const state = stateOf(seen, label, own, times);
  const isBack = state === 'rolled-back' || (state === 'failed' && isStopped(seen, label, own));
  const updated = instances.filter((one) => hasVersion(one, label)).length;
  const cause = causeOf(seen, label, own, state);
  return {
    state,
    capacity,
    updated,
    steps: stepsOf(seen, state, updated),
    ...(cause ? { cause } : {}),
    ...sharesOf(seen, label, state),
    ...(isBack && environment.VersionLabel ? { version: environment.VersionLabel } : {}),
  };
}

/** The two versions while both get requests: the new one as much as the settings say. */
function sharesOf({ settings, instances }: Seen, label: string, state: Progress['state']): Pick<Progress, 'shares'> {
  const old = instances.find((one) => one.label !== undefined && one.label !== label)?.label;
  const isBeside = old !== undefined && instances.some((one) => hasVersion(one, label));
  if (!settings.split || !isBeside || state !== 'running') return {};
  const { percent } = settings.split;
  return {
    shares: [
      { version: old, percent: 100 - percent },
      { version: label, percent },
    ],
  };
}

function stateOf(seen: Seen, label: string, own: Update | undefined, { age, quiet }: Times): Progress['state'] {
  const { environment, instances, health } = seen;
  if (environment.Status === 'Aborting') return 'rolling-back';
  if (environment.Status !== 'Ready') return own?.outcome === 'aborted' ? 'rolling-back' : 'running';
  const isTold = instances.some((one) => one.label !== undefined) || isReplaced(seen);
  const back = isTold && health === 'healthy' && instances.every((one) => one.label !== label);
  if (own?.outcome === 'failed') return back ? 'rolled-back' : 'failed';
  if (isStopped(seen, label, own) && back) return 'rolled-back';
  // AWS does not touch the instances again that an abort has left on the other version.
  if (own?.outcome === 'aborted') return quiet > settle ? 'failed' : 'rolling-back';
  if (environment.VersionLabel !== label) {
    // Not begun yet as far as AWS shows, or replaced by somebody else's version.
    return age > skew ? 'failed' : 'running';
  }
  const everywhere = instances.every((one) => one.health === undefined || hasVersion(one, label));
  if (everywhere && health === 'healthy' && instances.length > 0) return 'done';
  return age > skew + grace && (health === 'down' || health === 'degraded') ? 'failed' : 'running';
}

/** Aborted, or over without a word about how and without the version: its events do not always say so. */
function isStopped({ environment }: Seen, label: string, own: Update | undefined): boolean {
  return own?.outcome === 'aborted' || (own?.outcome === undefined && !!own && environment.VersionLabel !== label);
}

/** Policies that try a version on new instances and drop those when it fails, so that the old version just keeps running. */
function isReplaced({ settings }: Seen): boolean {
  return settings.policy === 'Immutable' || settings.policy === 'TrafficSplitting';
}

function causeOf(seen: Seen, label: string, own: Update | undefined, state: Progress['state']): Cause | undefined {
  if (state === 'done') return undefined;
  const said = own?.words ? { words: own.words } : {};
  if (own?.outcome === 'failed') return { kind: 'update-failed', args: {}, ...said };
  const mixed = state === 'failed' && isStopped(seen, label, own) ? leftBehind(seen) : undefined;
  if (mixed) return { ...mixed, ...said };
  const [worst] = seen.causes;
  if (worst || state === 'running') return worst;
  if (state === 'failed' && own?.outcome === undefined) {
    const count = seen.instances.filter((one) => one.label !== label).length;
    return { kind: 'wrong-version', args: { count, version: label } };
  }
  return { kind: 'update-failed', args: {}, ...said };
}

/** The instances that do not run what the environment is meant to run. */
function leftBehind({ environment, instances }: Seen): Cause | undefined {
  const version = environment.VersionLabel;
  const others = instances.filter((one) => one.label !== undefined && one.label !== version);
  return version && others.length > 0 ? { kind: 'wrong-version', args: { count: others.length, version } } : undefined;
}

/** One batch step: Beanstalk tells instances apart, not the batches they are in. */
function stepsOf({ capacity, environment, instances }: Seen, state: Progress['state'], updated: number): Step[] {
  const size = instances.length;
  const ended = state !== 'running' && state !== 'done';
  const all = size > 0 && updated >= size;
  const done = state === 'done';
  return [
    {
      kind: 'batch',
      state:
        done || (all && !ended) ? 'done' : ended ? 'failed' : environment.Status === 'Ready' ? 'waiting' : 'running',
      number: 1,
      healthy: updated,
      size,
    },
    { kind: 'health', state: done ? 'done' : ended ? 'failed' : all ? 'running' : 'waiting' },
    ...(capacity.pending > 0
      ? [{ kind: 'capacity' as const, state: 'running' as const, healthy: capacity.healthy, desired: capacity.desired }]
      : []),
  ];
}

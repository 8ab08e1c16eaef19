// Restarting the application servers, and swapping addresses: both are known again by their events alone.
// https://docs.aws.amazon.com/elasticbeanstalk/latest/api/API_RestartAppServer.html and API_SwapEnvironmentCNAMEs.html
import type { Clock, Progress, Target } from '../../core/ports.ts';
import type { Api } from './api.ts';
import type { Lookups } from './lookups.ts';
import { notReady } from './scale.ts';
import { look, type Seen } from './status.ts';

/** How far before the claim an event of ours may lie: our clock and AWS's differ. */
const slack = 10_000;
/** What AWS has not begun by then, or not ended long after, it will not. */
const patience = { begin: 2 * 60_000, end: 15 * 60_000 };

const words = {
  restart: { begun: /restartAppServer is starting/iu, done: /restarted application server/iu },
  swap: { begun: /swapEnvironmentCNAMEs is starting/iu, done: /completed swapping cnames/iu },
} as const;
type Kind = keyof typeof words;

async function said(api: Api, target: Target, kind: Kind, since: number): Promise<{ begun: boolean; done: boolean }> {
  const { Events = [] } = await api.events(target.region, {
    EnvironmentId: target.id,
    StartTime: new Date(since - slack),
    MaxRecords: 200,
  });
  const has = (pattern: RegExp) => Events.some(({ Message = '' }) => pattern.test(Message));
  return { begun: has(words[kind].begun), done: has(words[kind].done) };
}

/** Restarts the application servers once an operation, whoever calls how often. */
export async function restart(api: Api, find: Lookups, target: Target, { since }: { since: number }): Promise<string> {
  const [environment, { begun, done }] = await Promise.all([
    find.environment(target),
    said(api, target, 'restart', since),
  ]);
  if (begun || done) return 'restart';
  if (environment.Status !== 'Ready') throw notReady('RestartAppServer', environment.Status);
  await api.restart(target.region, target.id);
  return 'restart';
}

/** Swaps the addresses once an operation: a second time would swap them back. */
export async function swap(
  api: Api,
  find: Lookups,
  target: Target,
  { other, since }: { other: Target; since: number },
): Promise<void> {
  const sides = await Promise.all([find.environment(target), find.environment(other)]);
  const events = await Promise.all([target, other].map((side) => said(api, side, 'swap', since)));
  if (events.some(({ begun, done }) => begun || done)) return;
  const waiting = sides.find(({ Status }) => Status !== 'Ready');
  if (waiting) throw notReady('SwapEnvironmentCNAMEs', waiting.Status);
  await api.swap(target.region, target.id, other.id);
}

/** Done when AWS says so and the environment, and the other side of a swap, is Ready and well. */
export async function shortProgress(
  api: Api,
  find: Lookups,
  clock: Clock,
  target: Target,
  about: { kind: Kind; other?: Target; since: number },
): Promise<Progress> {
  const [seen, events, other] = await Promise.all([
    look(api, find, target),
    said(api, target, about.kind, about.since),
    about.other && find.environment(about.other),
  ]);
  const isReady = seen.environment.Status === 'Ready' && (other === undefined || other.Status === 'Ready');
  const state = stateOf(seen, { ...events, isReady, age: clock.now() - about.since });
  return {
    state,
    capacity: seen.capacity,
    steps: [{ kind: 'health', state: state === 'done' ? 'done' : state === 'failed' ? 'failed' : 'running' }],
    ...(state === 'failed' ? { cause: { kind: 'update-failed', args: {} } } : {}),
  };
}

function stateOf(
  { health }: Seen,
  { begun, done, isReady, age }: { begun: boolean; done: boolean; isReady: boolean; age: number },
): 'running' | 'done' | 'failed' {
  if (done && isReady && health === 'healthy') return 'done';
  if (age > patience.end || (!begun && !done && isReady && age > patience.begin)) return 'failed';
  return 'running';
}

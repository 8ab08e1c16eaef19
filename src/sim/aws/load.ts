// What comes in and what it does to the ones serving it: pure functions of time and of what ran then.
import type { EnvironmentPoint } from './beanstalk-types.ts';
import type { Point } from './ecs-types.ts';

type Loaded = { name: string; load: number; loads?: { from: number; rps: number }[] };

/** How one target did at a time; `undefined` members were not measured because nothing ran. */
export type Measure = { rps: number; cpu?: number; memory?: number; p99?: number; failing: number };

/** Between -1 and 1, the same for the same minute, target and measure. */
function noise(at: number, name: string, measure: string): number {
  let mixed = Math.floor(at / 60_000);
  for (const letter of name + measure) mixed = Math.imul(mixed ^ letter.charCodeAt(0), 0x01000193);
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x2c1b3c6d);
  return ((mixed ^ (mixed >>> 12)) >>> 0) / 0x7fffffff - 1;
}

/** Requests per second: busiest at 21:00 in Seoul (12:00 UTC), a third less twelve hours later. */
export function requestsAt(target: Loaded, at: number): number {
  const set = target.loads?.findLast((it) => it.from <= at);
  if (set) return set.rps * (1 + 0.02 * noise(at, target.name, 'set'));
  const phase = (((at / 3_600_000) % 24) - 12) * (Math.PI / 12);
  return target.load * (0.84 + 0.16 * Math.cos(phase)) * (1 + 0.03 * noise(at, target.name, 'day'));
}

export function pointAt<P extends { at: number }>(points: readonly P[], at: number): P | undefined {
  return points.findLast((it) => it.at <= at) ?? points[0];
}

const leakTime = 360_000;

/** An ECS service's load: spread over the tasks that ran, worse when some of them kept failing. */
export function serviceAt(service: Loaded & { perTask: number; points: readonly Point[] }, at: number): Measure {
  const rps = requestsAt(service, at);
  const point = pointAt(service.points, at);
  if (!point || point.running === 0) return { rps, failing: 1 };
  const used = rps / (service.perTask * point.running);
  const isShort = point.bad !== undefined && point.healthy < point.desired;
  const failing = Math.max(isShort ? 0.061 : 0, used > 1 ? 1 - 1 / used : 0);
  return { rps, failing, ...busy(service.name, used, at, isShort), memory: memoryOf(service, point, at) };
}

function busy(name: string, used: number, at: number, isSlow: boolean): { cpu: number; p99: number } {
  const cpu = Math.min(100, 5 + 92 * used + 1.5 * noise(at, name, 'cpu'));
  const p99 = 0.14 + 0.3 * (cpu / 100) ** 4 + (used > 1 ? 2 * (used - 1) : 0) + (isSlow ? 2.2 : 0);
  return { cpu, p99: p99 * (1 + 0.05 * noise(at, name, 'p99')) };
}

/** Percent: flat, but rising in the minutes before tasks are killed for it. */
function memoryOf({ name, points }: { name: string; points: readonly Point[] }, point: Point, at: number): number {
  const flat = 52 + 1.2 * noise(at, name, 'memory');
  if (point.bad === 'oom') return 96.5 + 0.8 * noise(at, name, 'memory');
  const killed = points.find((it) => it.at > at && it.bad === 'oom');
  if (!killed || killed.at - at > leakTime) return flat;
  return flat + 44 * (1 - (killed.at - at) / leakTime);
}

/** A Beanstalk environment's load: instances that are not well fail what reaches them. */
export function environmentAt(
  environment: Loaded & { perInstance: number; points: readonly EnvironmentPoint[] },
  at: number,
): Measure {
  const rps = requestsAt(environment, at);
  const point = pointAt(environment.points, at);
  if (!point || point.instances === 0) return { rps, failing: 1 };
  const used = rps / (environment.perInstance * Math.max(1, point.ok));
  const sick = point.health === 'Severe' || point.health === 'Degraded' ? 1 - point.ok / point.instances : 0;
  const failing = Math.max(sick, used > 1 ? 1 - 1 / used : 0.0002);
  return {
    rps,
    failing,
    ...busy(environment.name, used, at, sick > 0),
    memory: 61 + 1.2 * noise(at, environment.name, 'memory'),
  };
}

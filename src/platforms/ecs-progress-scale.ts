// How far new numbers of a service have come: the numbers first, then as many healthy tasks as wanted.
import type { Progress, Sizes } from '../core/ports.ts';
import { unsettled } from './ecs-causes.ts';
import type { Look } from './ecs-look.ts';
import { range } from './ecs-scale.ts';

const minute = 60_000;

export function scaleProgress(seen: Look, sizes: Sizes, since: number): Progress {
  const { capacity, causes } = seen;
  const numbers = hasNumbers(seen, sizes);
  const enough =
    capacity.healthy >= capacity.desired && capacity.running === capacity.desired && capacity.pending === 0;
  const done = numbers && isInRange(seen, sizes) && enough && isSteady(seen, since);
  const [cause] = causes;
  // They were there when the change was made, so somebody has changed them since.
  const lost = !numbers && seen.at - since > 2 * minute;
  return {
    state: done ? 'done' : lost ? 'failed' : 'running',
    capacity,
    steps: [
      { kind: 'numbers', state: numbers ? 'done' : lost ? 'failed' : 'running' },
      {
        kind: 'capacity',
        state: done ? 'done' : numbers ? 'running' : 'waiting',
        healthy: capacity.healthy,
        desired: capacity.desired,
      },
    ],
    ...(lost ? { cause: { kind: 'update-failed', args: {} } } : cause && !done ? { cause } : {}),
  };
}

function hasNumbers({ scalable, service }: Look, sizes: Sizes): boolean {
  if (!scalable) return sizes.desired === undefined || sizes.desired === service.desiredCount;
  const { min, max } = range(sizes);
  return (
    (min ?? scalable.MinCapacity) === scalable.MinCapacity && (max ?? scalable.MaxCapacity) === scalable.MaxCapacity
  );
}

/** Application Auto Scaling moves the desired count a moment after it took the new range. */
function isInRange({ scalable, capacity }: Look, sizes: Sizes): boolean {
  if (!scalable) return sizes.desired === undefined || capacity.desired === sizes.desired;
  const { min = 0, max = Number.POSITIVE_INFINITY } = capacity;
  return capacity.desired >= min && capacity.desired <= max;
}

/**
 * Running is not yet healthy behind a load balancer, and DescribeServices does not tell its health checks; the service
 * event "has reached a steady state" does. Without such an event lately the running tasks themselves decide.
 */
function isSteady({ service, at }: Look, since: number): boolean {
  const from = Math.max(since - 2 * minute, at - 10 * minute);
  const moving = unsettled(service, from).some(({ message }) =>
    /has started \d+ tasks|registered \d+ targets|is unhealthy in|unable to/u.test(message ?? ''),
  );
  return !moving;
}

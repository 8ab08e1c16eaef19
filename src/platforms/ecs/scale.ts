// Min and max through Application Auto Scaling, or a fixed desired count where nothing scales the service.
import { Refusal } from '../../core/errors.ts';
import type { Progress, Sizes, Target } from '../../core/ports.ts';
import { say } from '../../core/reply.ts';
import type { Api } from './api.ts';
import { capacityOf, withHealth } from './capacity.ts';
import { skew } from './deployments.ts';
import { isMoving } from './events.ts';
import { resourceId, type Lookups } from './lookups.ts';
import { steady } from './status.ts';
import { stopCauses } from './stops.ts';
import type { Clock } from '../../core/ports.ts';

/**
 * Sets the numbers unless they are there already. A fixed count of a scaled service is its min and max alike.
 * `register`: a service nothing scales gets a scalable target, within the numbers.
 */
export async function scale(
  api: Api,
  find: Lookups,
  target: Target,
  { sizes, register }: { sizes: Sizes; register?: true },
): Promise<void> {
  const [service, scalable] = await Promise.all([find.service(target), find.scalable(target)]);
  const wanted = range(sizes);
  if (!scalable && register && wanted.min !== undefined && wanted.max !== undefined) {
    await api.setScale(target.region, resourceId(target), wanted);
    return;
  }
  if (!scalable) {
    if (sizes.desired === undefined || sizes.min !== undefined || sizes.max !== undefined) {
      throw new Refusal(say('hindrance.no-scalable-target', { target: target.name }));
    }
    if (service.desiredCount === sizes.desired) return;
    await api.update(target.region, { cluster: target.group, service: target.name, desiredCount: sizes.desired });
    return;
  }
  const same =
    (wanted.min ?? scalable.MinCapacity) === scalable.MinCapacity &&
    (wanted.max ?? scalable.MaxCapacity) === scalable.MaxCapacity;
  if (!same) await api.setScale(target.region, resourceId(target), wanted);
}

/** The least and the most, where the numbers tell. */
export function range(sizes: Sizes): { min?: number; max?: number } {
  const min = sizes.min ?? sizes.desired;
  const max = sizes.max ?? sizes.desired;
  return { ...(min === undefined ? {} : { min }), ...(max === undefined ? {} : { max }) };
}

/** The numbers first, then as many healthy tasks as wanted. */
export async function scaleProgress(
  find: Lookups,
  clock: Clock,
  target: Target,
  { sizes, since, register }: { sizes: Sizes; since: number; register?: true },
): Promise<Progress> {
  const [service, scalable] = await Promise.all([find.service(target), find.scalable(target)]);
  const capacity = await withHealth(find, target, { service, capacity: capacityOf(service, scalable) });
  const { min = 0, max = Number.POSITIVE_INFINITY, desired, healthy, running } = capacity;
  const wanted = scalable ? range(sizes) : {};
  const set = scalable
    ? (wanted.min ?? min) === min && (wanted.max ?? max) === max
    : !register && (sizes.desired ?? desired) === desired;
  // Application Auto Scaling moves the desired count a moment after it took the new range.
  const inside = min <= desired && desired <= max;
  const now = clock.now();
  const quiet = !isMoving(service, Math.max(since - skew, now - 10 * 60_000));
  const done = set && inside && quiet && steady(service) && running === desired && healthy >= desired;
  // They were there when they were set, so somebody has set others since.
  const lost = !set && now - since > skew;
  const [cause] = done || lost || healthy >= desired ? [] : await stopCauses(find, clock, target);
  return {
    state: done ? 'done' : lost ? 'failed' : 'running',
    capacity,
    steps: [
      { kind: 'numbers', state: set ? 'done' : lost ? 'failed' : 'running' },
      { kind: 'capacity', state: done ? 'done' : set ? 'running' : 'waiting', healthy, desired },
    ],
    ...(lost ? { cause: { kind: 'update-failed', args: {} } } : cause ? { cause } : {}),
  };
}

// Min and max through Application Auto Scaling, or a fixed desired count where nothing scales the service.
import { Refusal } from '../core/errors.ts';
import type { Platform, Sizes, Target } from '../core/ports.ts';
import { say } from '../core/reply.ts';
import type { Clients } from './clients.ts';
import { resourceId, type EcsReads } from './ecs-reads.ts';

/** Sets the numbers unless they are there already. A fixed count of a scaled service becomes its min and max. */
export function ecsScale({ clients, reads }: { clients: Clients; reads: EcsReads }): NonNullable<Platform['scale']> {
  return async (target, { sizes }) => {
    const [service, scalable] = await Promise.all([reads.service(target), reads.scalable(target)]);
    if (!scalable) return setCount(clients, target, sizes, service.desiredCount);
    const { min, max } = range(sizes);
    const same =
      (min ?? scalable.MinCapacity) === scalable.MinCapacity && (max ?? scalable.MaxCapacity) === scalable.MaxCapacity;
    if (same) return;
    const scaling = await clients.scaling(target.region, 'write');
    // What is left out stays as it is: https://docs.aws.amazon.com/autoscaling/application/APIReference/API_RegisterScalableTarget.html
    await scaling.registerScalableTarget({
      ServiceNamespace: 'ecs',
      ScalableDimension: 'ecs:service:DesiredCount',
      ResourceId: resourceId(target),
      ...(min === undefined ? {} : { MinCapacity: min }),
      ...(max === undefined ? {} : { MaxCapacity: max }),
    });
  };
}

/** `desired` of a scaled service means exactly that many. */
export function range(sizes: Sizes): { min?: number; max?: number } {
  const min = sizes.min ?? sizes.desired;
  const max = sizes.max ?? sizes.desired;
  return { ...(min === undefined ? {} : { min }), ...(max === undefined ? {} : { max }) };
}

async function setCount(clients: Clients, target: Target, sizes: Sizes, now: number | undefined): Promise<void> {
  const { desired } = sizes;
  if (desired === undefined || sizes.min !== undefined || sizes.max !== undefined) {
    throw new Refusal(say('hindrance.no-scalable-target', { target: target.name }));
  }
  if (desired === now) return;
  const ecs = await clients.ecs(target.region, 'write');
  await ecs.updateService({ cluster: target.group, service: target.name, desiredCount: desired });
}

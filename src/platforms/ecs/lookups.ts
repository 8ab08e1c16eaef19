// Reads that several parts need: services and scalable targets asked for together, task definitions remembered.
import type { Service, Tag, TaskDefinition } from '@aws-sdk/client-ecs';
import type { ScalableTarget } from '@aws-sdk/client-application-auto-scaling';
import { PlatformError } from '../../core/errors.ts';
import type { Target } from '../../core/ports.ts';
import { batched } from '../batching.ts';
import { id, type Api } from './api.ts';

export type Defined = { definition: TaskDefinition; tags: readonly Tag[] };
export type Lookups = ReturnType<typeof lookups>;

/** Shared reads over the API; nothing that can change is remembered. */
export function lookups(api: Api) {
  const definitions = new Map<string, Promise<Defined>>();
  const serviceBatches = new Map<string, (name: string) => Promise<Service | undefined>>();
  const scalingBatches = new Map<string, (resource: string) => Promise<ScalableTarget | undefined>>();

  /** DescribeServices takes 10 names of one cluster. */
  async function service(target: Target): Promise<Service> {
    const place = `${target.region} ${target.group}`;
    let ask = serviceBatches.get(place);
    if (!ask) {
      ask = batched(10, async (names: readonly string[]) => {
        const { services = [] } = await api.describe(target.region, target.group, [...names]);
        return new Map(services.map((one) => [one.serviceName ?? '', one]));
      });
      serviceBatches.set(place, ask);
    }
    const found = await ask(target.name);
    if (!found || found.status === 'INACTIVE') throw gone(target);
    return found;
  }

  /** Its scalable target, where it has one. DescribeScalableTargets answers 50 a page. */
  function scalable(target: Target): Promise<ScalableTarget | undefined> {
    let ask = scalingBatches.get(target.region);
    if (!ask) {
      ask = batched(50, async (resources: readonly string[]) => {
        const { ScalableTargets = [] } = await api.scalableTargets(target.region, [...resources]);
        return new Map(ScalableTargets.map((one) => [one.ResourceId ?? '', one]));
      });
      scalingBatches.set(target.region, ask);
    }
    return ask(resourceId(target));
  }

  /** A task definition with its tags. A revision never changes, so it is asked for once. */
  function definition(region: string, arn: string): Promise<Defined> {
    const known = definitions.get(arn);
    if (known) return known;
    const asked = api
      .taskDefinition(region, arn)
      .then(({ taskDefinition, tags = [] }) => ({ definition: taskDefinition ?? {}, tags }));
    if (/:\d+$/u.test(arn)) {
      definitions.set(arn, asked);
      asked.catch(() => definitions.delete(arn));
    }
    if (definitions.size > 2000) definitions.delete(definitions.keys().next().value!);
    return asked;
  }

  /** Target groups of a service with their load balancer, by target key. */
  const fronts = new Map<string, { group: string; balancer?: string }[]>();

  return { service, scalable, definition, fronts };
}

/** How Application Auto Scaling calls a service. */
export const resourceId = (target: Target): string => `service/${target.group}/${target.name}`;

function gone(target: Target): PlatformError {
  return new PlatformError({
    platform: id,
    operation: 'DescribeServices',
    code: 'ServiceNotFoundException',
    reason: 'not-found',
    retryable: false,
    unsure: false,
    message: `service ${target.name} is gone`,
  });
}

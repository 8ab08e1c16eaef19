// Reads that several parts need: services and scalable targets asked for together, task definitions remembered.
import type { DesiredStatus, Service, Tag, Task, TaskDefinition } from '@aws-sdk/client-ecs';
import type { ScalableTarget } from '@aws-sdk/client-application-auto-scaling';
import { PlatformError } from '../../core/errors.ts';
import type { Target } from '../../core/ports.ts';
import { batched } from '../batching.ts';
import { bounded } from '../bounded.ts';
import { id, type Api } from './api.ts';

export type Defined = { definition: TaskDefinition; tags: readonly Tag[] };
export type Lookups = ReturnType<typeof lookups>;

/** Shared reads over the API; nothing that can change is remembered. */
export function lookups(api: Api) {
  const definitions = bounded<Defined>(2000);
  const services = batched<Target, Service>({
    group: ({ region, group }) => `${region} ${group}`,
    id: ({ name }) => name,
    // DescribeServices takes 10 names of one cluster.
    size: 10,
    async ask(targets) {
      const { region, group } = targets[0]!;
      const { services: found = [] } = await api.describe(
        region,
        group,
        targets.map((target) => target.name),
      );
      return new Map(found.map((one) => [one.serviceName ?? '', one]));
    },
  });
  /** The scalable target of a service, where it has one. DescribeScalableTargets answers 50 a page. */
  const scalable = batched<Target, ScalableTarget | undefined>({
    group: ({ region }) => region,
    id: resourceId,
    size: 50,
    async ask(targets) {
      const { ScalableTargets = [] } = await api.scalableTargets(targets[0]!.region, targets.map(resourceId));
      return new Map(ScalableTargets.map((one) => [one.ResourceId ?? '', one]));
    },
  });

  async function service(target: Target): Promise<Service> {
    // Missing names come back as failures, not as an error.
    const found: Service | undefined = await services(target);
    if (!found || found.status === 'INACTIVE') throw gone(target);
    return found;
  }

  /** A task definition with its tags, as it is now: it may have been deregistered. */
  async function freshDefinition(region: string, arn: string): Promise<Defined> {
    const { taskDefinition, tags = [] } = await api.taskDefinition(region, arn);
    return { definition: taskDefinition ?? {}, tags };
  }

  /** What a revision runs never changes, so it is asked for once. */
  function definition(region: string, arn: string): Promise<Defined> {
    const ask = () => freshDefinition(region, arn);
    return /:\d+$/u.test(arn) ? definitions(`${region} ${arn}`, ask) : ask();
  }

  /** DescribeTasks takes 100 tasks of one cluster. */
  const described = batched<{ region: string; cluster: string; arn: string }, Task | undefined>({
    group: ({ region, cluster }) => `${region} ${cluster}`,
    id: ({ arn }) => arn,
    size: 100,
    async ask(wanted) {
      const { region, cluster } = wanted[0]!;
      const { tasks: found = [] } = await api.describeTasks(
        region,
        cluster,
        wanted.map(({ arn }) => arn),
      );
      return new Map(found.map((one) => [one.taskArn ?? '', one]));
    },
  });

  /** Up to 100 tasks that should run, or that stopped in about the last hour. */
  async function tasks({ region, group, name }: Target, desired: DesiredStatus): Promise<Task[]> {
    const { taskArns = [] } = await api.tasks(region, group, name, desired);
    const found = await Promise.all(taskArns.map((arn) => described({ region, cluster: group, arn })));
    return found.filter((task) => task !== undefined);
  }

  const stages = bounded<string | undefined>(5000);
  /** The stage its tags say; nothing, for now, where they cannot be read. */
  const stage = (target: Target, ask: () => Promise<string | undefined>) =>
    stages(target.id, ask).catch(() => undefined);

  /** Target groups of a service with their load balancer, by target key. */
  const fronts = new Map<string, { group: string; balancer?: string }[]>();

  return { service, scalable, definition, freshDefinition, tasks, stage, fronts };
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

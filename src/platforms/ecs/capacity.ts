// How many tasks a service has, and how many of them are well.
import type { ScalableTarget } from '@aws-sdk/client-application-auto-scaling';
import type { Service, Task } from '@aws-sdk/client-ecs';
import type { Capacity, Target } from '../../core/ports.ts';
import type { Lookups } from './lookups.ts';

/** By DescribeServices alone: what runs counts as healthy. */
export function capacityOf(service: Service, scalable: ScalableTarget | undefined): Capacity {
  const running = service.runningCount ?? 0;
  return {
    unit: 'tasks',
    ...(scalable ? { min: scalable.MinCapacity ?? 0, max: scalable.MaxCapacity ?? 0 } : {}),
    desired: service.desiredCount ?? 0,
    running,
    healthy: running,
    pending: service.pendingCount ?? 0,
  };
}

/** The same with a look at the tasks' own health checks, where what it runs has any. */
export async function withHealth(
  find: Lookups,
  target: Target,
  { service, capacity }: { service: Service; capacity: Capacity },
): Promise<Capacity> {
  if (capacity.running === 0 || !(await hasChecks(find, target, service))) return capacity;
  const tasks = await find.tasks(target, 'RUNNING');
  const up = tasks.filter((task) => task.lastStatus === 'RUNNING');
  const well = await Promise.all(up.map((task) => isWell(find, target, task)));
  const sick = well.filter((is) => !is).length;
  return { ...capacity, healthy: Math.max(0, capacity.running - sick) };
}

/** UNKNOWN means either "no health check" or "not checked yet"; the task definition tells which. */
async function isWell(find: Lookups, target: Target, task: Task): Promise<boolean> {
  if (task.healthStatus === 'HEALTHY') return true;
  if (task.healthStatus === 'UNHEALTHY') return false;
  return !(await isChecked(find, target, task.taskDefinitionArn ?? ''));
}

async function hasChecks(find: Lookups, target: Target, { deployments = [] }: Service): Promise<boolean> {
  const runs = new Set(deployments.flatMap((one) => one.taskDefinition ?? []));
  const checked = await Promise.all([...runs].map((arn) => isChecked(find, target, arn)));
  return checked.some(Boolean);
}

async function isChecked(find: Lookups, { region }: Target, arn: string): Promise<boolean> {
  const { definition } = await find.definition(region, arn);
  return (definition.containerDefinitions ?? []).some((one) => one.healthCheck && one.essential !== false);
}

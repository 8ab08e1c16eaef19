// How much of the account's quota the tasks of a service take.
import type { Service, TaskDefinition } from '@aws-sdk/client-ecs';
import type { Influence, Target } from '../../core/ports.ts';
import { latest, type Watch } from '../cloudwatch.ts';
import type { Api } from './api.ts';
import type { Lookups } from './lookups.ts';
import { runs } from './status.ts';

/** vCPUs of Fargate On-Demand tasks, what is in use by AWS's own metric of it, and what one more task takes. */
export async function quota(api: Api, find: Lookups, watch: Watch, target: Target): Promise<Influence[]> {
  const service = await find.service(target);
  if (!isFargate(service)) return [];
  const [{ Quota }, { definition }] = await Promise.all([
    api.vcpuQuota(target.region),
    find.definition(target.region, runs(service)),
  ]);
  const each = vcpus(definition);
  if (Quota?.Value === undefined || Quota.QuotaName === undefined || each === undefined) return [];
  const used = await usage(watch, target.region, Quota.UsageMetric);
  return [{ kind: 'quota', name: Quota.QuotaName, limit: Quota.Value, each, ...(used === undefined ? {} : { used }) }];
}

function isFargate({ launchType, capacityProviderStrategy = [] }: Service): boolean {
  return launchType === 'FARGATE' || capacityProviderStrategy.some((one) => one.capacityProvider === 'FARGATE');
}

/** `256`, `.25 vCPU` and `1 vCPU` are all written. */
function vcpus({ cpu = '' }: TaskDefinition): number | undefined {
  const amount = Number.parseFloat(cpu);
  if (Number.isNaN(amount) || amount <= 0) return undefined;
  return /vcpu/iu.test(cpu) ? amount : amount / 1024;
}

type Usage = { MetricNamespace?: string; MetricName?: string; MetricDimensions?: Record<string, string> };

async function usage(watch: Watch, region: string, metric: Usage | undefined): Promise<number | undefined> {
  const { MetricNamespace: namespace, MetricName: name, MetricDimensions: dimensions = {} } = metric ?? {};
  if (namespace === undefined || name === undefined) return undefined;
  const query = { id: 'used', namespace, metric: name, dimensions, stat: 'Maximum' };
  return latest((await watch.lastHour(region, [query])).get('used'));
}

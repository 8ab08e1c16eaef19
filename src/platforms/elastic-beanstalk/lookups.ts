// Reads that several parts need: environments asked for together, instances of one, settings of one.
import type { EnvironmentDescription } from '@aws-sdk/client-elastic-beanstalk';
import { PlatformError } from '../../core/errors.ts';
import type { Target } from '../../core/ports.ts';
import { isFor } from '../../aws-errors.ts';
import { batched } from '../batching.ts';
import { bounded } from '../bounded.ts';
import { id, type Api } from './api.ts';
import { isThere } from './list.ts';
import { settingsOf, type Settings } from './settings.ts';

/** An instance; `health` is absent where only basic health reporting is on. */
export type Instance = {
  id: string;
  health?: string;
  label?: string;
  deployment?: string;
  deployedAt?: number;
};
/** Whether the instance runs this version and nothing is in the middle of changing that. */
export function hasVersion({ label, deployment }: Instance, wanted: string): boolean {
  return label === wanted && deployment === 'Deployed';
}

export type Lookups = ReturnType<typeof lookups>;

export function lookups(api: Api) {
  const groups = bounded<string | undefined>(1000);
  const environments = batched<Target, EnvironmentDescription>({
    group: ({ region }) => region,
    id: (target) => target.id,
    size: 500,
    async ask(targets) {
      const ids = targets.map((target) => target.id);
      const { Environments = [] } = await api.environments(targets[0]!.region, ids);
      const there = Environments.filter(isThere).map((one) => [one.EnvironmentId ?? '', one] as const);
      const found = new Map<string, EnvironmentDescription | Error>(there);
      for (const { id: key, name } of targets) if (!found.has(key)) found.set(key, gone(name));
      return found;
    },
  });

  async function settings({ region, group, name }: Target): Promise<Settings> {
    const { ConfigurationSettings = [] } = await api.settings(region, group, name);
    return settingsOf(ConfigurationSettings);
  }

  /** By enhanced health reporting, else only which instances there are. */
  async function instances(target: Target): Promise<Instance[]> {
    try {
      return await withHealth(api, target);
    } catch (error) {
      if (!isFor(error, 'invalid')) throw error;
      const { EnvironmentResources } = await api.resources(target.region, target.id);
      return (EnvironmentResources?.Instances ?? []).map((one) => ({ id: one.Id ?? '' }));
    }
  }

  /** The Auto Scaling group's name, which stays as long as the environment. */
  const autoScalingGroup = (target: Target) =>
    groups(target.id, async () => {
      const { EnvironmentResources } = await api.resources(target.region, target.id);
      return EnvironmentResources?.AutoScalingGroups?.[0]?.Name;
    });

  return { environment: environments, settings, instances, autoScalingGroup };
}

async function withHealth(api: Api, target: Target): Promise<Instance[]> {
  const all: Instance[] = [];
  let token: string | undefined;
  do {
    const page = await api.instances(target.region, target.id, token);
    for (const { InstanceId = '', HealthStatus, Deployment } of page.InstanceHealthList ?? []) {
      const deployedAt = Deployment?.DeploymentTime?.getTime();
      all.push({
        id: InstanceId,
        health: HealthStatus ?? 'NoData',
        ...(Deployment?.VersionLabel ? { label: Deployment.VersionLabel } : {}),
        ...(Deployment?.Status ? { deployment: Deployment.Status } : {}),
        ...(deployedAt === undefined ? {} : { deployedAt }),
      });
    }
    token = page.NextToken;
  } while (token);
  return all;
}

function gone(name: string): PlatformError {
  return new PlatformError({
    platform: id,
    operation: 'DescribeEnvironments',
    code: 'EnvironmentNotFound',
    reason: 'not-found',
    retryable: false,
    unsure: false,
    message: `environment ${name} is gone`,
  });
}

// Which environments there are: one DescribeEnvironments a region.
import type { EnvironmentDescription } from '@aws-sdk/client-elastic-beanstalk';
import type { Platform, Target } from '../../core/ports.ts';
import { stageInNames } from '../stage.ts';
import { id, type Api } from './api.ts';

/** Every environment of the regions; a region that fails is named and the others stand. */
export async function list(api: Api, regions: readonly string[]): ReturnType<Platform['list']> {
  const answers = await Promise.allSettled(regions.map((region) => api.environments(region)));
  const targets: Target[] = [];
  const failed: { region: string; reason: unknown }[] = [];
  for (const [index, answer] of answers.entries()) {
    const region = regions[index]!;
    if (answer.status === 'rejected') failed.push({ region, reason: answer.reason });
    else targets.push(...(answer.value.Environments ?? []).filter(isStaying).map((one) => targetOf(one, region)));
  }
  return { targets, failed };
}

export function isThere({ Status }: EnvironmentDescription): boolean {
  return Status !== 'Terminated';
}

/** One that is being terminated is nothing to operate on any more. */
function isStaying(environment: EnvironmentDescription): boolean {
  return isThere(environment) && environment.Status !== 'Terminating';
}

function targetOf(environment: EnvironmentDescription, region: string): Target {
  const account = environment.EnvironmentArn?.split(':')[4] ?? '';
  const group = environment.ApplicationName ?? '';
  const name = environment.EnvironmentName ?? '';
  const stage = stageInNames(name, group);
  return {
    key: [id, account, region, group, name].join('/'),
    platform: id,
    account,
    region,
    group,
    name,
    id: environment.EnvironmentId ?? '',
    ...(stage ? { stage } : {}),
  };
}

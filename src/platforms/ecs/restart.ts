// Starting every task anew: a deployment of what runs already, forced.
// https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_UpdateService.html
import type { Service } from '@aws-sdk/client-ecs';
import type { Target } from '../../core/ports.ts';
import type { Api } from './api.ts';
import { deploymentTo, skew } from './deployments.ts';
import { deployable } from './deploy.ts';
import type { Lookups } from './lookups.ts';
import { primaryOf, runs } from './status.ts';

/** Forces a new deployment once an operation, whoever calls how often; returns the task definition deployed. */
export async function restart(api: Api, find: Lookups, target: Target, { since }: { since: number }): Promise<string> {
  const service = deployable(await find.service(target), target);
  const definition = runs(service);
  // Nothing of ours can be written on it, so it is known by when it began; one that was under way before is a hindrance.
  const begun = isBegun(service, since) || (await deploymentTo(api, target, definition, since)) !== undefined;
  if (!begun) {
    await api.update(target.region, { cluster: target.group, service: target.name, forceNewDeployment: true });
  }
  return definition;
}

/** The service itself shows a deployment before the list of deployments does. */
function isBegun(service: Service, since: number): boolean {
  const primary = primaryOf(service);
  return primary?.rolloutState === 'IN_PROGRESS' && (primary.createdAt?.getTime() ?? 0) >= since - skew;
}

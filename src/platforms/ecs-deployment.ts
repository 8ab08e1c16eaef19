// Which service deployment is the one of an operation.
import type { ServiceDeploymentBrief } from '@aws-sdk/client-ecs';
import type { Target } from '../core/ports.ts';
import type { EcsReads } from './ecs-reads.ts';

/** Our clock and AWS's may differ by this much. */
export const skew = 120_000;

/** Service deployments begun since about `since` whose target is this task definition, newest first. */
export async function deploymentsTo(
  reads: EcsReads,
  target: Target,
  definition: string,
  since: number,
): Promise<ServiceDeploymentBrief[]> {
  const found = await reads.deployments(target, { after: since - skew });
  const revisions = await reads.revisions(
    target,
    found.flatMap((one) => one.targetServiceRevisionArn ?? []),
  );
  return found.filter((one) => revisions.get(one.targetServiceRevisionArn ?? '') === definition);
}
